import { type Block, limits } from '@docksnap/contract';

const hourMs = 3_600_000;
/** Hours remembered: an agent's buffer holds a day, and its clock may be wrong by an hour. */
const mostHours = 26;

/** Which containers each hour of a node brought, by the ticks' own times, so that a backlog counts where it belongs. */
export class NewContainers {
  /** By hour, how many containers it brought that no hour before had. */
  private readonly fresh = new Map<number, number>();
  /** By container, the last of these hours that had it: once each, for most are there in every hour. */
  private readonly lastHours = new Map<string, number>();

  /** Whether an hour would have more new containers than one may, with these blocks. What is seen first is not new. */
  exceeds(blocks: readonly Block[]): boolean {
    if (this.fresh.size === 0) return false;
    const seen = new Set<string>();
    const added = new Map<number, number>();
    for (const block of blocks) {
      const hour = this.hourOf(block);
      for (const id of containersOf(block)) {
        if (this.lastHours.has(id) || seen.has(id)) continue;
        seen.add(id);
        added.set(hour, (added.get(hour) ?? 0) + 1);
      }
    }
    return [...added].some(([hour, count]) => (this.fresh.get(hour) ?? 0) + count > limits.newContainersPerHour);
  }

  /** Takes blocks that are stored. */
  add(block: Block): void {
    const isFirst = this.fresh.size === 0;
    const hour = this.hourOf(block);
    let fresh = this.fresh.get(hour) ?? 0;
    for (const id of containersOf(block)) {
      const last = this.lastHours.get(id);
      if (last === undefined && !isFirst) fresh += 1;
      this.lastHours.set(id, Math.max(hour, last ?? hour));
    }
    this.fresh.set(hour, fresh);
    if (this.fresh.size > mostHours) this.forget(Math.min(...this.fresh.keys()));
  }

  private forget(hour: number): void {
    this.fresh.delete(hour);
    for (const [id, last] of this.lastHours) if (last <= hour) this.lastHours.delete(id);
  }

  /** The block's hour, or the oldest that is remembered: what is older has one limit together. */
  private hourOf({ tickTimes }: Block): number {
    const hour = Math.floor((tickTimes.at(-1) ?? 0) / hourMs);
    return this.fresh.size < mostHours ? hour : Math.max(hour, Math.min(...this.fresh.keys()));
  }
}

/** The containers of a block, each of a container's starts apart. */
function* containersOf({ entities }: Block): Generator<string> {
  for (const { kind, key, runtimeId } of entities) if (kind === 'container') yield runtimeId === '' ? key : runtimeId;
}
