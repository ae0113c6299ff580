import { metrics } from '@docksnap/contract';
import { Injectable } from '@nestjs/common';
import { Collections } from '../store/collections.ts';
import { decodeSums } from './decode-sums.ts';
import { encodeSums } from './encode-sums.ts';
import { sectionOf } from './fields.ts';
import { type Revision, SpanDocuments } from './span-documents.ts';
import { nothingOn } from './splice.ts';
import { type NodeSums, ticksIn } from './sums.ts';
import { stepsOfSpan, type Tier, type TierName } from './tiers.ts';

/** Every section that the metrics of this program have. */
const allSections: readonly number[] = [...new Set(metrics.map(({ id }) => sectionOf(id)))];

/** Sums by tier, subject and span. */
export class TierDocuments {
  private readonly byName = new Map<TierName, SpanDocuments>();

  /** The collections' names are the tiers' with this prefix. */
  constructor(
    private readonly collections: Collections,
    private readonly prefix: string,
  ) {}

  /** The sums of a span, of all metrics or of those in `only`; undefined when there are none. */
  async read(
    tier: Tier,
    subject: string,
    span: number,
    only?: ReadonlySet<number>,
  ): Promise<{ readonly v: number; readonly sums: NodeSums } | undefined> {
    const wanted = new Set(only === undefined ? allSections : [...only].map(sectionOf));
    const found = await this.spans(tier.name).read(subject, span, wanted);
    return found && { v: found.v, sums: decoded(found, tier, span, only) };
  }

  /** Writes what `change` makes of a span's sums, or nothing when it gives undefined; see SpanDocuments.add. */
  async change(
    tier: Tier,
    subject: string,
    span: number,
    change: (before: NodeSums) => NodeSums | undefined,
    announce: (v: number) => Promise<void> = () => Promise.resolve(),
  ): Promise<void> {
    const make = (before: Revision | undefined): Revision | undefined => {
      const steps = stepsOfSpan(tier, span);
      const sums = change(before === undefined ? nothingOn(steps) : decoded(before, tier, span));
      const isNews = sums !== undefined && (before !== undefined || ticksIn(sums) > 0);
      return isNews ? { ticks: ticksIn(sums), sections: encodeSums(sums) } : undefined;
    };
    await this.spans(tier.name).add(subject, span, make, announce);
  }

  remove(tier: Tier, subject: string, span: number): Promise<void> {
    return this.spans(tier.name).remove(subject, span);
  }

  private spans(name: TierName): SpanDocuments {
    const known = this.byName.get(name) ?? new SpanDocuments(this.collections, this.prefix + name, allSections);
    this.byName.set(name, known);
    return known;
  }
}

function decoded({ sections }: Revision, tier: Tier, span: number, only?: ReadonlySet<number>): NodeSums {
  return decodeSums([...sections.values()].flat(), stepsOfSpan(tier, span), only);
}

/** `n/span/v` → sums of a node's entities. */
@Injectable()
export class NodeTiers extends TierDocuments {
  constructor(collections: Collections) {
    super(collections, '');
  }
}

/** `cluster/namespace/span/v` → sums of a namespace's workloads, over all nodes. */
@Injectable()
export class WorkloadTiers extends TierDocuments {
  constructor(collections: Collections) {
    super(collections, 'agg_');
  }
}
