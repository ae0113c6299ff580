import { Injectable } from '@nestjs/common';
import { hashesOf } from '../live/known-descriptions.ts';
import { dayOf, Days, windowsOfDay } from '../parts/days.ts';
import { RawWindows } from '../parts/raw-windows.ts';
import { DirtyWindows } from '../tiers/dirty-windows.ts';
import { NodeNames } from './node-names.ts';
import { PurgedSums } from './purged-sums.ts';
import type { PurgeDocument } from './purges.ts';

/** No metric: of a window only who is in it. */
const noMetrics: ReadonlySet<number> = new Set();

/**
 * Removes what is stored of one node up to the end of a window: samples, sums, entities and descriptions, by ids that
 * are computed from the samples. So they are read before they go: a crash at any point leaves enough for the next round.
 */
@Injectable()
export class NodePurge {
  constructor(
    private readonly days: Days,
    private readonly windows: RawWindows,
    private readonly names: NodeNames,
    private readonly sums: PurgedSums,
    private readonly dirty: DirtyWindows,
  ) {}

  /**
   * @param isBack whether the node has reported since: then what it is known by stays, and its sums are made anew
   * @returns whether there was anything. Rejects with StoreUnavailableError: do it again
   */
  async remove({ _id: nodeId, throughWindow }: PurgeDocument, isBack: boolean): Promise<boolean> {
    const days = (await this.days.all()).filter((one) => one.nodeId === nodeId).map(({ day }) => day);
    const { past, later } = await this.windowsOf(nodeId, days, throughWindow);
    if (past.length > 0) {
      if (!isBack) await this.removeNames(nodeId, past);
      for (const window of past) await this.windows.remove(nodeId, window);
      await this.sums.removeNode(nodeId);
      for (const window of later) await this.dirty.mark(nodeId, window, 0);
    }
    for (const day of days.filter((one) => one < dayOf(throughWindow))) {
      await this.windows.rosters.remove(nodeId, day);
      await this.days.close(nodeId, day);
    }
    return past.length > 0;
  }

  /** The windows that have parts: those that go, and those that stay. */
  private async windowsOf(nodeId: string, days: readonly number[], throughWindow: number) {
    const [past, later]: [number[], number[]] = [[], []];
    for (const window of days.flatMap(windowsOfDay)) {
      const { done } = await this.windows.heads(nodeId, window, 0).next();
      if (done !== true) (window <= throughWindow ? past : later).push(window);
    }
    return { past, later };
  }

  private async removeNames(nodeId: string, windows: readonly number[]): Promise<void> {
    const [keys, hashes] = [new Set<string>(), new Set<string>()];
    for (const window of windows) {
      const { blocks } = await this.windows.read(nodeId, window, noMetrics);
      for (const { key } of blocks.flatMap(({ entities }) => entities)) keys.add(key);
      for (const hash of hashesOf(blocks)) hashes.add(hash);
    }
    await this.names.remove(nodeId, keys, hashes);
  }
}
