import type { Config } from '../config.ts';
import { windowOf } from '../store/identifiers.ts';
import { spanOf, type Tier, type TierName } from '../tiers/tiers.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** How long raw samples and each tier are kept, in ms. */
export type Ages = Readonly<Record<'raw' | TierName, number>>;

/** As configured, or that share of it when the database would be too large. */
export function agesOf({ retentionHours, retentionDays }: Config, share = 1): Ages {
  return {
    raw: retentionHours * hourMs * share,
    m1: retentionDays.m1 * dayMs * share,
    m5: retentionDays.m5 * dayMs * share,
    h1: retentionDays.h1 * dayMs * share,
  };
}

/** The oldest raw window that is kept: those before it are wholly too old. */
export function oldestWindow({ raw }: Ages, nowMs: number): number {
  return windowOf(nowMs - raw);
}

/** The oldest span of a tier that is kept. */
export function oldestSpan(ages: Ages, tier: Tier, nowMs: number): number {
  return spanOf(tier, nowMs - ages[tier.name]);
}
