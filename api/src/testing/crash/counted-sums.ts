import type { Collections } from '../../store/collections.ts';
import { type OpenedSums, SumsReader } from '../../tiers/sums-reader.ts';
import { NodeTiers, WorkloadTiers } from '../../tiers/tier-documents.ts';
import { stepsAround, type Tier, tiers } from '../../tiers/tiers.ts';
import { type Growth, growthOf } from './growth.ts';
import type { Sender } from './sender.ts';
import { simCluster, simNamespace } from './sim-store.ts';

/** Steps of the sums that are stored, beside what the samples say. */
export interface CountedSums {
  /** Steps in which something grew. */
  readonly sums: number;
  /** Steps that say something else than the samples. */
  readonly unequal: number;
}

/** What a step should say, and by how much it may be off, as increases are kept to thousandths. */
interface Expected {
  readonly increase: number;
  readonly slack: number;
}
type Expectation = ReadonlyMap<number, Expected>;

const cpu = 1;
const metricIds = new Set([cpu]);
/** Rounding's share, and a little for the order of additions. */
const thousandth = 0.0012;
const { m5, h1 } = tiers;
const stepsPerHour = h1.stepMs / m5.stepMs;

/** Compares the sums of nodes, and those of their namespace, with what was acknowledged. */
export async function countSums(database: Collections, senders: readonly Sender[]): Promise<CountedSums> {
  const reader = new SumsReader(new NodeTiers(database), new WorkloadTiers(database));
  const growths = senders.map(({ acknowledged }) =>
    growthOf(
      [...acknowledged].map(({ block }) => block),
      m5.stepMs,
    ),
  );
  const numbers = growths.flatMap((growth) => [...growth.keys()]);
  const [first, last] = [Math.min(...numbers), Math.max(...numbers) + 1];
  const counts: CountedSums[] = [];
  for (const tier of [m5, h1]) {
    const steps = stepsAround(tier, first * m5.stepMs, last * m5.stepMs);
    const wanted = { steps, tier: tier.name, metricIds };
    for (const [index, { nodeId }] of senders.entries()) {
      const expected = onTier(tier, ofNode(growths[index] ?? new Map()));
      const opened = await reader.node(nodeId, wanted);
      for (const key of ['node', 'pod-1/web']) counts.push(compare(opened, key, steps, expected));
    }
    const opened = await reader.namespace(simCluster, simNamespace, wanted);
    counts.push(compare(opened, 'container/Pod/web-1', steps, onTier(tier, ofNamespace(growths))));
  }
  return {
    sums: counts.reduce((total, { sums }) => total + sums, 0),
    unequal: counts.reduce((total, { unequal }) => total + unequal, 0),
  };
}

function ofNode(growth: Growth): Expectation {
  return new Map([...growth].map(([step, { increase }]) => [step, { increase, slack: thousandth }]));
}

/** What containers grow by if each grew over the whole step as it did while it was watched. */
function ofNamespace(growths: readonly Growth[]): Expectation {
  const expected = new Map<number, Expected>();
  for (const [step, { increase, coveredMs }] of growths.flatMap((growth) => [...growth])) {
    const whole = m5.stepMs / coveredMs;
    addTo(expected, step, { increase: increase * whole, slack: thousandth * (1 + whole) });
  }
  return expected;
}

function onTier(tier: Tier, expected: Expectation): Expectation {
  if (tier.name === 'm5') return expected;
  const hours = new Map<number, Expected>();
  for (const [step, some] of expected) addTo(hours, Math.floor(step / stepsPerHour), some);
  return hours;
}

function addTo(expected: Map<number, Expected>, step: number, more: Expected): void {
  const { increase, slack } = expected.get(step) ?? { increase: 0, slack: 0 };
  expected.set(step, { increase: increase + more.increase, slack: slack + more.slack });
}

function compare(
  opened: OpenedSums,
  key: string,
  { fromMs, stepMs, count }: ReturnType<typeof stepsAround>,
  expected: Expectation,
): CountedSums {
  const increases = opened.tracks((entity) => entity.key === key)[0]?.counters.get(cpu)?.increase;
  let unequal = 0;
  for (let index = 0; index < count; index += 1) {
    const { increase, slack } = expected.get(fromMs / stepMs + index) ?? { increase: 0, slack: 0 };
    if (!(Math.abs((increases?.[index] ?? 0) - increase) <= slack)) unequal += 1;
  }
  return { sums: expected.size, unequal };
}
