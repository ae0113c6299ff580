import type { Block, Entity, Group } from '../block.ts';
import { intervalOf, isListed } from '../block.ts';
import { limits } from '../limits.ts';

/** Values of one series, or ages of one group, block by block: where each begins, in ticks. */
type Pieces = [at: number, values: Float64Array][];

interface MergedEntity {
  entity: Entity;
  readonly listedAt: number[];
}

interface MergedGroup {
  readonly entity: number;
  readonly kind: Group['kind'];
  intervalMs: number;
  readonly ages: Pieces;
  readonly columns: Map<number, Pieces>;
}

/** Blocks of one epoch whose sequence numbers follow on one another, as one. */
export class MergedRun {
  readonly #first: Block;
  readonly #tickTimes: number[] = [];
  readonly #entities = new Map<string, { readonly index: number } & MergedEntity>();
  readonly #groups = new Map<string, MergedGroup>();
  #series = 0;

  constructor(first: Block) {
    this.#first = first;
  }

  /**
   * Takes a block that follows on those before. False, and nothing is taken, if it does not, or all would be more than
   * one block may hold. The first is always taken.
   *
   * @throws RangeError if its first tick is there already.
   */
  add(block: Block): boolean {
    const ticks = this.#tickTimes.length;
    if (ticks > 0 && !(this.#isFollowedBy(block) && this.#hasRoom(block))) return false;
    this.#tickTimes.push(...block.tickTimes);
    const numbers = block.entities.map((entity) => this.#addEntity(entity, ticks, block.tickTimes.length));
    const seen = new Map<string, number>();
    for (const group of block.groups) this.#addGroup(block, group, numbers[group.entity] ?? 0, ticks, seen);
    return true;
  }

  #isFollowedBy(block: Block): boolean {
    const { epoch, firstSeq, intervalMs } = this.#first;
    const next = firstSeq + this.#tickTimes.length;
    if (block.firstSeq < next) throw new RangeError(`tick ${block.firstSeq} of epoch ${epoch} is there twice`);
    const isLater = (block.tickTimes[0] ?? 0) > (this.#tickTimes.at(-1) ?? 0);
    return isLater && block.firstSeq === next && block.intervalMs === intervalMs;
  }

  #hasRoom(block: Block): boolean {
    const ticks = this.#tickTimes.length + block.tickTimes.length;
    const spanMs = (block.tickTimes.at(-1) ?? 0) - (this.#tickTimes[0] ?? 0);
    if (ticks > limits.ticksPerBlock || spanMs > limits.blockSpanMs) return false;
    const { entities, groups, series } = this.#newsOf(block);
    const [allGroups, allSeries] = [this.#groups.size + groups, this.#series + series];
    return (
      this.#entities.size + entities <= limits.entitiesPerBlock &&
      allGroups <= limits.groupsPerBlock &&
      allSeries <= limits.seriesPerBlock &&
      (allGroups + allSeries) * ticks <= limits.valuesPerBlock
    );
  }

  /** How much of a block is not here yet. */
  #newsOf(block: Block): { entities: number; groups: number; series: number } {
    let groups = 0;
    let series = 0;
    const identities = block.entities.map(identityOf);
    const numbers = identities.map((identity) => this.#entities.get(identity)?.index);
    const seen = new Map<string, number>();
    for (const group of block.groups) {
      const number = numbers[group.entity];
      const known = number === undefined ? undefined : this.#groups.get(groupKey(number, group.kind, seen));
      if (known === undefined) groups += 1;
      for (const { metric } of group.columns) if (known?.columns.has(metric) !== true) series += 1;
    }
    return { entities: numbers.filter((number) => number === undefined).length, groups, series };
  }

  #addEntity(entity: Entity, at: number, ticks: number): number {
    const identity = identityOf(entity);
    const known = this.#entities.get(identity) ?? { index: this.#entities.size, entity, listedAt: [] };
    const { kind, key, runtimeId, startedAtMs, description } = entity;
    known.entity = { kind, key, runtimeId, startedAtMs, description };
    for (let tick = 0; tick < ticks; tick++) if (isListed(entity, tick)) known.listedAt.push(at + tick);
    this.#entities.set(identity, known);
    return known.index;
  }

  #addGroup(block: Block, group: Group, entity: number, at: number, seen: Map<string, number>): void {
    const key = groupKey(entity, group.kind, seen);
    const intervalMs = intervalOf(block, group);
    const known: MergedGroup = this.#groups.get(key) ?? {
      ...{ entity, kind: group.kind, intervalMs, ages: [] },
      columns: new Map<number, Pieces>(),
    };
    known.intervalMs = intervalMs;
    known.ages.push([at, group.ages]);
    for (const { metric, values } of group.columns) {
      const pieces = known.columns.get(metric) ?? [];
      if (pieces.length === 0) this.#series += 1;
      pieces.push([at, values]);
      known.columns.set(metric, pieces);
    }
    this.#groups.set(key, known);
  }

  block(): Block {
    const { epoch, firstSeq, intervalMs } = this.#first;
    const ticks = this.#tickTimes.length;
    return {
      epoch,
      firstSeq,
      intervalMs,
      tickTimes: this.#tickTimes,
      entities: [...this.#entities.values()].map((merged) => withListing(merged, ticks)),
      groups: [...this.#groups.values()].map((group) => ({
        entity: group.entity,
        kind: group.kind,
        ...(group.intervalMs === intervalMs ? {} : { intervalMs: group.intervalMs }),
        ages: joined(group.ages, ticks),
        columns: [...group.columns]
          .sort(([a], [b]) => a - b)
          .map(([metric, pieces]) => ({ metric, values: joined(pieces, ticks) })),
      })),
    };
  }
}

function identityOf({ kind, key, runtimeId, startedAtMs }: Entity): string {
  return JSON.stringify([kind, key, runtimeId, startedAtMs]);
}

/** Tells groups of one kind of one entity apart by their order in the block; `seen` counts them. */
function groupKey(entity: number, kind: Group['kind'], seen: Map<string, number>): string {
  const name = `${entity}/${kind}`;
  const nth = seen.get(name) ?? 0;
  seen.set(name, nth + 1);
  return `${name}/${nth}`;
}

function withListing({ entity, listedAt }: MergedEntity, ticks: number): Entity {
  if (new Set(listedAt).size === ticks) return entity;
  const bits = new Uint8Array(Math.ceil(ticks / 8));
  for (const tick of listedAt) bits[tick >>> 3] = (bits[tick >>> 3] ?? 0) | (1 << (tick & 7));
  return { ...entity, listedAt: bits };
}

function joined(pieces: Pieces, ticks: number): Float64Array {
  const all = new Float64Array(ticks).fill(NaN);
  for (const [at, values] of pieces) all.set(values, at);
  return all;
}
