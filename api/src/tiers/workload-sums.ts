import { metricById } from '@docksnap/contract';
import type { Steps } from '../series/steps.ts';
import type { CounterTrack, GaugeTrack } from '../series/track.ts';
import { meansOf, shareOfStep } from '../series/track.ts';
import type { Belonging } from '../workloads/workload-of.ts';
import type { EntitySums, NodeSums } from './sums.ts';

/** A gauge's sum is kept to thousandths: as a mean of so many parts. */
const parts = 1000;

/**
 * Adds up entities by namespace and workload, over many nodes. What comes out has the shape of an entity's sums, so
 * that it is stored, coarsened and read alike: a counter grows in a step as the rates of the workload's entities in
 * it, added up; a gauge is the sum of their means. An entity counts for the part of a step in which it was there.
 * Peaks, smallest and largest are those of the sums of whole steps.
 */
export class WorkloadSums {
  private readonly steps: Steps;
  private readonly ticks: Float64Array;
  private readonly watchedMs: Float64Array;
  private readonly byNamespace = new Map<string, Map<string, Totals>>();

  constructor(steps: Steps) {
    this.steps = steps;
    this.ticks = new Float64Array(steps.count);
    this.watchedMs = new Float64Array(steps.count);
  }

  /** Adds a node's sums, on the same steps; `belongingOf` says where an entity belongs. */
  add(node: NodeSums, belongingOf: (entity: EntitySums) => Belonging | undefined): void {
    addUp(this.ticks, node.ticks);
    addUp(this.watchedMs, node.watchedMs);
    for (const entity of node.entities.values()) {
      const belonging = belongingOf(entity);
      if (belonging !== undefined) this.totalsOf(entity.kind, belonging).add(entity);
    }
  }

  /** The sums of each namespace that has any, its workloads under their `workloadKey`. */
  namespaces(): ReadonlyMap<string, NodeSums> {
    const { steps, ticks, watchedMs } = this;
    return new Map(
      [...this.byNamespace].map(([namespace, workloads]) => {
        const entities = new Map([...workloads].map(([key, totals]) => [key, totals.sums(key, watchedMs)]));
        return [namespace, { steps, ticks, watchedMs, entities }];
      }),
    );
  }

  private totalsOf(kind: EntitySums['kind'], { namespace, workload }: Belonging): Totals {
    const workloads = this.byNamespace.get(namespace) ?? new Map<string, Totals>();
    this.byNamespace.set(namespace, workloads);
    const key = workloadKey(kind, workload);
    const totals = workloads.get(key) ?? new Totals(kind, this.steps);
    workloads.set(key, totals);
    return totals;
  }
}

/** Pods and containers of a workload are added up apart, for pods have the network. */
function workloadKey(kind: EntitySums['kind'], workload: Belonging['workload']): string {
  return `${kind}/${workload.kind}/${workload.name}`;
}

/** The workload that a key names; undefined for what is no such key. */
export function workloadOfKey(key: string): Belonging['workload'] | undefined {
  const [, kind, name] = key.split('/');
  return kind === undefined || name === undefined ? undefined : { kind, name };
}

/** What the sums of a namespace are kept under. */
export function workloadSubject(cluster: string, namespace: string): string {
  return `${cluster}/${namespace}`;
}

/** NaN: nothing known yet. */
class Totals {
  private readonly kind: EntitySums['kind'];
  private readonly steps: Steps;
  private readonly byMetric = new Map<number, Float64Array>();

  constructor(kind: EntitySums['kind'], steps: Steps) {
    this.kind = kind;
    this.steps = steps;
  }

  add(entity: EntitySums): void {
    for (const [id, counter] of entity.counters) this.addCounter(this.total(id), counter, entity);
    for (const [id, gauge] of entity.gauges) addGauge(this.total(id), gauge, entity);
  }

  sums(key: string, watchedMs: Float64Array): EntitySums {
    const counters = new Map<number, CounterTrack>();
    const gauges = new Map<number, GaugeTrack>();
    for (const [id, total] of this.byMetric) {
      if (metricById(id)?.kind === 'counter') counters.set(id, counterOf(total, this.steps));
      else gauges.set(id, gaugeOf(total));
    }
    const absentMs = new Float64Array(this.steps.count);
    return { key, kind: this.kind, description: '', counters, gauges, absentMs, watchedMs };
  }

  private addCounter(total: Float64Array, counter: CounterTrack, { absentMs }: EntitySums): void {
    for (const [index, ms] of counter.coveredMs.entries()) {
      const increase = counter.increase[index] ?? 0;
      if (ms > 0) grow(total, index, (increase * this.steps.stepMs) / (ms + (absentMs[index] ?? 0)));
    }
  }

  private total(id: number): Float64Array {
    const total = this.byMetric.get(id) ?? new Float64Array(this.steps.count).fill(NaN);
    this.byMetric.set(id, total);
    return total;
  }
}

function addGauge(total: Float64Array, gauge: GaugeTrack, entity: EntitySums): void {
  for (const [index, mean] of meansOf(gauge).entries()) {
    const share = shareOfStep(entity, index);
    if (share > 0 && !Number.isNaN(mean)) grow(total, index, mean * share);
  }
}

function counterOf(total: Float64Array, { stepMs }: Steps): CounterTrack {
  return {
    increase: total.map((value) => (Number.isNaN(value) ? 0 : Math.round(value * 1000) / 1000)),
    coveredMs: total.map((value) => (Number.isNaN(value) ? 0 : stepMs)),
    peakPerMs: total.map((value) => value / stepMs),
  };
}

function gaugeOf(total: Float64Array): GaugeTrack {
  const whole = total.map(Math.round);
  return {
    counts: total.map((value) => (Number.isNaN(value) ? 0 : parts)),
    sums: total.map((value) => (Number.isNaN(value) ? 0 : Math.round(value * parts))),
    mins: whole,
    maxs: whole,
    lasts: whole,
  };
}

function addUp(total: Float64Array, values: Float64Array): void {
  for (const [index, value] of values.entries()) total[index] = (total[index] ?? 0) + value;
}

function grow(total: Float64Array, index: number, value: number): void {
  const before = total[index] ?? NaN;
  total[index] = Number.isNaN(before) ? value : before + value;
}
