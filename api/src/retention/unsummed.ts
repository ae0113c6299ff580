import type { DirtyPart } from '../tiers/dirty-windows.ts';

/** Windows on either side of a marked one that its roll-up may read: steps reach over its edges, and blocks too. */
const [before, after] = [2, 1];
/** What could not be rolled up for 30 days is damaged, and must not fill the database. */
const mostMs = 30 * 24 * 3_600_000;

/** Which windows a roll-up has still to read. */
export class Unsummed {
  private readonly windows: ReadonlyMap<string, ReadonlySet<number>>;

  constructor(marks: readonly DirtyPart[], nowMs: number) {
    const young = marks.filter(({ markedMs }) => nowMs - markedMs <= mostMs);
    this.windows = new Map(
      [...Map.groupBy(young, ({ nodeId }) => nodeId)].map(([nodeId, some]) => [nodeId, new Set(some.flatMap(around))]),
    );
  }

  needs(nodeId: string, window: number): boolean {
    return this.windows.get(nodeId)?.has(window) ?? false;
  }
}

function around({ window }: DirtyPart): number[] {
  return Array.from({ length: before + 1 + after }, (_, index) => window - before + index);
}
