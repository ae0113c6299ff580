import { Injectable } from '@nestjs/common';
import { Clock } from '../clock.ts';
import { dayOf, Days, windowsOfDay } from '../parts/days.ts';
import { RawWindows } from '../parts/raw-windows.ts';
import { WindowMarks } from '../tiers/marks.ts';
import type { TierDocuments } from '../tiers/tier-documents.ts';
import type { Tier } from '../tiers/tiers.ts';
import { type Ages, oldestSpan, oldestWindow } from './ages.ts';
import { Cursors } from './cursors.ts';
import { Unsummed } from './unsummed.ts';

/** So many spans before the oldest one kept are looked for, of a subject that was never looked at. */
const firstReach = 32;

/** Removes what is too old, by computed ids. What a crash leaves is removed by the next round. */
@Injectable()
export class Remover {
  /** By node, the first window of the day that is on the verge which was not removed yet. */
  private readonly removedTo = new Map<string, number>();

  constructor(
    private readonly windows: RawWindows,
    private readonly days: Days,
    private readonly cursors: Cursors,
    private readonly marks: WindowMarks,
    private readonly clock: Clock,
  ) {}

  /** Raw windows, of all nodes, but for those that a roll-up has still to read. Rejects with StoreUnavailableError. */
  async removeWindows(ages: Ages): Promise<void> {
    const nowMs = this.clock.nowMs();
    const keepFrom = oldestWindow(ages, nowMs);
    const days = await this.days.all();
    const unsummed = new Unsummed(await this.marks.list(), nowMs);
    for (const { nodeId, day } of days) {
      if (day > dayOf(keepFrom)) continue;
      const isOver = day < dayOf(keepFrom);
      // What came late into windows that were removed goes when the day is over.
      const from = isOver ? 0 : (this.removedTo.get(nodeId) ?? 0);
      const old = windowsOfDay(day).filter((window) => window >= from && window < keepFrom);
      const kept = old.filter((window) => unsummed.needs(nodeId, window));
      for (const window of old) if (!kept.includes(window)) await this.windows.remove(nodeId, window);
      if (kept.length > 0) continue;
      if (isOver) {
        await this.windows.rosters.remove(nodeId, day);
        await this.days.close(nodeId, day);
      } else {
        this.removedTo.set(nodeId, keepFrom);
      }
    }
  }

  /** Spans of one subject. */
  async removeSpans(documents: TierDocuments, tier: Tier, subject: string, ages: Ages): Promise<void> {
    const id = `${tier.name}/${subject}`;
    const keepFrom = oldestSpan(ages, tier, this.clock.nowMs());
    const from = (await this.cursors.get(id)) ?? keepFrom - firstReach;
    if (from === keepFrom) return;
    for (let span = from; span < keepFrom; span += 1) await documents.remove(tier, subject, span);
    await this.cursors.set(id, keepFrom);
  }
}
