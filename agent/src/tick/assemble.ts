import type { Column, Description, Entity, Group, NodeDescription } from '@docksnap/contract';
import { limits } from '@docksnap/contract/limits';
import { metricsOf } from '../exposition/families.ts';
import type { Reading } from '../exposition/reading.ts';
import type { RowDrops } from '../exposition/row-drops.ts';
import type { Container, Pod } from '../pods/pod.ts';
import type { PodList } from '../pods/pod-list.ts';
import type { Gathered } from '../source/source.ts';
import type { DescriptionHashes } from './description-hashes.ts';
import type { Holder, Samples } from './sort-readings.ts';
import type { StartTimes } from './start-times.ts';

/** When a tick is, and how far apart its samples are meant to be. */
export interface TickMoment {
  readonly tickMs: number;
  readonly intervalMs: number;
  /** Between two reads of the big page: that of the groups which are on it alone. */
  readonly bigPageIntervalMs: number;
}

/** What outlives a tick while blocks are assembled. */
export interface AssemblyMemory {
  readonly hashes: DescriptionHashes;
  readonly startTimes: StartTimes;
  readonly drops: RowDrops;
}

/**
 * Makes the block of one tick. Every entity that exists now is listed, with samples or without: that is how the server
 * knows who is there. A container's previous start is listed, before the current one, only while it has new samples;
 * so is a pod that is gone.
 */
export function assembleTick(
  moment: TickMoment,
  node: NodeDescription,
  pods: PodList,
  samples: Samples,
  memory: AssemblyMemory,
): Gathered {
  const builder = new BlockBuilder(moment, samples, memory);
  builder.add('node', 'node', node);
  for (const pod of pods.pods) builder.addPod(pod);
  for (const pod of pods.departed) builder.addDeparted(pod);
  const { entities, groups, descriptions } = builder;
  return { block: { intervalMs: moment.intervalMs, tickTimes: [moment.tickMs], entities, groups }, descriptions };
}

class BlockBuilder {
  readonly entities: Entity[] = [];
  readonly groups: Group[] = [];
  readonly descriptions = new Map<string, Description>();
  readonly #moment: TickMoment;
  readonly #samples: Samples;
  readonly #memory: AssemblyMemory;

  constructor(moment: TickMoment, samples: Samples, memory: AssemblyMemory) {
    this.#moment = moment;
    this.#samples = samples;
    this.#memory = memory;
    memory.startTimes.startTick();
  }

  addPod(pod: Pod): void {
    // Twice: each container may be there with a previous start.
    if (this.entities.length + 1 + 2 * pod.containers.size > limits.entitiesPerBlock) {
      this.#dropPod(pod);
      return;
    }
    this.add(pod, pod.uid, pod.description, { runtimeId: '', startedAtMs: pod.startedAtMs });
    for (const container of pod.containers.values()) this.#addContainer(pod, container);
  }

  addDeparted(pod: Pod): void {
    const hasSamples = holdersOf(pod).some((holder) => this.#samples.has(holder));
    if (hasSamples) this.addPod(pod);
  }

  add(holder: Holder, key: string, description: Description, start = { runtimeId: '', startedAtMs: 0 }): void {
    const hash = this.#memory.hashes.of(description);
    this.descriptions.set(hash, description);
    const entity = this.entities.length;
    this.entities.push({ kind: description.kind, key, ...start, description: hash });
    for (const reading of this.#samples.get(holder) ?? []) this.groups.push(this.#group(entity, reading));
  }

  #addContainer(pod: Pod, container: Container): void {
    const key = `${pod.uid}/${container.name}`;
    for (const incarnation of [container.previous, container.current]) {
      if (incarnation === undefined) continue;
      const readings = this.#samples.get(incarnation);
      if (incarnation !== container.current && readings === undefined) continue;
      const pageMs = readings?.find(({ group }) => group === 'resource')?.startedAtMs ?? NaN;
      const { runtimeId } = incarnation;
      const startedAtMs = this.#memory.startTimes.of(runtimeId, incarnation.startedAtMs, pageMs);
      this.add(incarnation, key, container.description, { runtimeId, startedAtMs });
    }
  }

  #group(entity: number, reading: Reading): Group {
    const { tickMs, intervalMs, bigPageIntervalMs } = this.#moment;
    const ageMs = Number.isNaN(reading.sampleMs) ? 0 : tickMs - reading.sampleMs;
    const isOwn = reading.group !== 'resource' && bigPageIntervalMs !== intervalMs;
    const columns: Column[] = [];
    for (const [index, { id }] of metricsOf(reading.group).entries()) {
      const value = reading.values[index] ?? NaN;
      if (!Number.isNaN(value)) columns.push({ metric: id, values: Float64Array.of(value) });
    }
    const own = isOwn ? { intervalMs: bigPageIntervalMs } : {};
    return { entity, kind: reading.group, ...own, ages: Float64Array.of(ageMs), columns };
  }

  #dropPod(pod: Pod): void {
    for (const holder of holdersOf(pod)) {
      for (const { rows } of this.#samples.get(holder) ?? []) this.#memory.drops.add('too_many', rows);
    }
  }
}

/** The pod and every start of its containers that is known. */
function holdersOf(pod: Pod): Holder[] {
  const starts = [...pod.containers.values()].flatMap(({ current, previous }) => [current, previous]);
  return [pod, ...starts.filter((start) => start !== undefined)];
}
