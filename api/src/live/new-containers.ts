import { type Block, limits } from '@docksnap/contract';

const hourMs = 3_600_000;
/** Hours remembered: an agent's buffer holds a day, and its clock may be wrong by an hour. */
const mostHours = 26;

interface Hour {
  /** Of every container that was seen in it. */
  readonly ids: Set<string>;
  /** How many of them were seen in no hour before. */
  fresh: number;
}

/** Which containers each hour of a node brought, by the ticks' own times, so that a backlog counts where it belongs. */
export class NewContainers {
  private readonly hours = new Map<number, Hour>();

  /** Whether an hour would have more new containers than one may, with these blocks. What is seen first is not new. */
  exceeds(blocks: readonly Block[]): boolean {
    if (this.hours.size === 0) return false;
    const added = new Map<number, Set<string>>();
    for (const block of blocks) {
      const hour = this.hourOf(block);
      const some = added.get(hour) ?? new Set<string>();
      added.set(hour, some);
      for (const id of containersOf(block)) if (!this.isKnown(id, hour)) some.add(id);
    }
    return [...added].some(
      ([hour, { size }]) => size > 0 && (this.hours.get(hour)?.fresh ?? 0) + size > limits.newContainersPerHour,
    );
  }

  /** Takes blocks that are stored. */
  add(block: Block): void {
    const isFirst = this.hours.size === 0;
    const number = this.hourOf(block);
    const hour = this.hours.get(number) ?? { ids: new Set<string>(), fresh: 0 };
    for (const id of containersOf(block)) {
      if (!isFirst && !this.isKnown(id, number)) hour.fresh += 1;
      hour.ids.add(id);
    }
    this.hours.set(number, hour);
    if (this.hours.size > mostHours) this.hours.delete(Math.min(...this.hours.keys()));
  }

  private isKnown(id: string, hour: number): boolean {
    if (this.hours.get(hour)?.ids.has(id) === true || this.hours.get(hour - 1)?.ids.has(id) === true) return true;
    return [...this.hours.values()].some(({ ids }) => ids.has(id));
  }

  /** The block's hour, or the oldest that is remembered: what is older has one limit together. */
  private hourOf({ tickTimes }: Block): number {
    const hour = Math.floor((tickTimes.at(-1) ?? 0) / hourMs);
    return this.hours.size < mostHours ? hour : Math.max(hour, Math.min(...this.hours.keys()));
  }
}

/** The containers of a block, each of a container's starts apart. */
function* containersOf({ entities }: Block): Generator<string> {
  for (const { kind, key, runtimeId } of entities) if (kind === 'container') yield runtimeId === '' ? key : runtimeId;
}
