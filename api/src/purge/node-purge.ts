import { descriptionHash } from '@docksnap/contract/codec';
import { Injectable } from '@nestjs/common';
import { Clock } from '../clock.ts';
import { sha256 } from '../codec/sha256.ts';
import { Config } from '../config.ts';
import { hashesOf } from '../live/known-descriptions.ts';
import { dayOf, Days, windowsOfDay } from '../parts/days.ts';
import { RawWindows } from '../parts/raw-windows.ts';
import { agesOf, oldestSpan } from '../retention/ages.ts';
import { DescriptionsRepository } from '../store/descriptions.repository.ts';
import { EntitiesRepository } from '../store/entities.repository.ts';
import type { KnownEntity } from '../store/store.ts';
import { DirtyWindows } from '../tiers/dirty-windows.ts';
import { NodeTiers, type TierDocuments } from '../tiers/tier-documents.ts';
import { spanOf, tiers } from '../tiers/tiers.ts';
import type { PurgeDocument } from './purges.ts';

/** Documents that are removed at the same time. */
const together = 16;
/** No metric: of a window only who is in it. */
const noMetrics: ReadonlySet<number> = new Set();

/** What the blocks of windows name. */
interface Named {
  readonly keys: Set<string>;
  readonly hashes: Set<string>;
}

/**
 * Removes what is stored of one node up to the end of a window: samples, sums, entities and descriptions, by ids that
 * are computed from the samples. So they are read before they go: a crash at any point leaves enough for the next round.
 */
@Injectable()
export class NodePurge {
  constructor(
    private readonly days: Days,
    private readonly windows: RawWindows,
    private readonly entities: EntitiesRepository,
    private readonly descriptions: DescriptionsRepository,
    private readonly nodeTiers: NodeTiers,
    private readonly dirty: DirtyWindows,
    private readonly config: Config,
    private readonly clock: Clock,
  ) {}

  /**
   * @param isBack whether the node has reported since: then what it is known by stays, and its sums are made anew
   * @returns whether there was anything. Rejects with StoreUnavailableError: do it again
   */
  async remove({ _id: nodeId, throughWindow }: PurgeDocument, isBack: boolean): Promise<boolean> {
    const days = (await this.days.all()).filter((one) => one.nodeId === nodeId).map(({ day }) => day);
    const { past, later } = await this.partedWindows(nodeId, days, throughWindow);
    if (past.length === 0) return false;
    if (!isBack) await this.removeNames(nodeId, await this.namesIn(nodeId, past));
    for (const window of past) await this.windows.remove(nodeId, window);
    for (const day of days) if (day < dayOf(throughWindow)) await this.days.close(nodeId, day);
    await this.removeSums(this.nodeTiers, nodeId);
    for (const window of later) await this.dirty.mark(nodeId, window, 0);
    return true;
  }

  /** What is known of these entities, and how they were described last. */
  async removeEntities(nodeId: string, entities: Iterable<KnownEntity> = []): Promise<void> {
    const named: Named = { keys: new Set(), hashes: new Set() };
    for (const { key, description } of entities) {
      named.keys.add(key);
      if (description !== undefined) named.hashes.add(descriptionHash(description, sha256));
    }
    await this.removeNames(nodeId, named);
  }

  /** All sums of a subject that may be there. */
  async removeSums(documents: TierDocuments, subject: string): Promise<void> {
    const nowMs = this.clock.nowMs();
    const ages = agesOf(this.config);
    for (const tier of Object.values(tiers)) {
      const last = spanOf(tier, nowMs);
      const spans = Array.from({ length: last - oldestSpan(ages, tier, nowMs) + 1 }, (_, index) => last - index);
      await inGroups(spans, (span) => documents.remove(tier, subject, span));
    }
  }

  /** The windows that have parts: those that go, and those that stay. */
  private async partedWindows(nodeId: string, days: readonly number[], throughWindow: number) {
    const [past, later]: [number[], number[]] = [[], []];
    for (const window of days.flatMap(windowsOfDay)) {
      const { done } = await this.windows.heads(nodeId, window, 0).next();
      if (done !== true) (window <= throughWindow ? past : later).push(window);
    }
    return { past, later };
  }

  private async namesIn(nodeId: string, windows: readonly number[]): Promise<Named> {
    const named: Named = { keys: new Set(), hashes: new Set() };
    for (const window of windows) {
      const { blocks } = await this.windows.read(nodeId, window, noMetrics);
      for (const { entities } of blocks) for (const { key } of entities) named.keys.add(key);
      for (const hash of hashesOf(blocks)) named.hashes.add(hash);
    }
    return named;
  }

  private async removeNames(nodeId: string, { keys, hashes }: Named): Promise<void> {
    await inGroups([...keys], (key) => this.entities.remove(nodeId, key));
    await inGroups([...hashes], (hash) => this.descriptions.remove(nodeId, hash));
  }
}

async function inGroups<T>(items: readonly T[], each: (item: T) => Promise<void>): Promise<void> {
  for (let next = 0; next < items.length; next += together) {
    await Promise.all(items.slice(next, next + together).map(each));
  }
}
