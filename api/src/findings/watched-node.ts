import type { LiveNode } from '../live/live-nodes.ts';
import type { Steps } from '../series/steps.ts';
import type { Track } from '../series/track.ts';
import { TrackReader } from '../series/tracks.ts';
import { ContainerHistory } from './container-history.ts';
import type { ContainerFacts } from './judgement.ts';
import { cpuOf, judgedMetrics, memoryOf } from './track-facts.ts';

const windowMs = 15 * 60_000;
/** Short enough for several points in a life of two minutes. */
const memoryStepMs = 10_000;
const cpuStepMs = 60_000;

/** Facts of one container, by its key on its node, without its past. */
export type RecentFacts = ReadonlyMap<string, Omit<ContainerFacts, 'past'>>;

/** What is remembered of one node's containers between two looks. */
export class WatchedNode {
  readonly #histories = new Map<string, ContainerHistory>();

  /** Takes down what descriptions say now: cheap, at every tick. */
  note(node: LiveNode, nowMs: number): void {
    for (const [key, { description }] of node.entities) {
      if (description?.kind === 'container') this.#historyOf(key).take(description, nowMs);
    }
    for (const key of this.#histories.keys()) if (!node.entities.has(key)) this.#histories.delete(key);
  }

  /** The facts of the containers that are there now, from the last 15 minutes in memory. */
  facts(node: LiveNode, nowMs: number): RecentFacts {
    this.note(node, nowMs);
    const blocks = node.blocksIn(nowMs - windowMs, nowMs, judgedMetrics);
    const tracksOf = (steps: Steps): ReadonlyMap<string, Track> => {
      const reader = new TrackReader(steps, judgedMetrics);
      reader.take(blocks, ({ kind }) => kind === 'container');
      return new Map(reader.tracks().map((track) => [track.key, track]));
    };
    const memorySteps = stepsUntil(nowMs, memoryStepMs);
    const cpuSteps = stepsUntil(nowMs, cpuStepMs);
    const memory = tracksOf(memorySteps);
    const cpu = tracksOf(cpuSteps);
    const present = [...node.entities.values()].filter(({ key }) => node.present.has(key));
    return new Map(
      present.flatMap(({ key, description, incarnations }) => {
        if (description?.kind !== 'container') return [];
        const history = this.#historyOf(key);
        const [ofMemory, ofCpu] = [memory.get(key), cpu.get(key)];
        const facts = {
          nowMs,
          description,
          starts: incarnations.flatMap(({ startedAtMs }) => (startedAtMs === 0 ? [] : startedAtMs)).toSorted(ascending),
          ends: history.ends,
          recentRestarts: history.recentRestarts(nowMs),
          memory: ofMemory === undefined ? [] : memoryOf(ofMemory, memorySteps),
          cpu: ofCpu === undefined ? [] : cpuOf(ofCpu, cpuSteps),
        };
        return [[key, facts] as const];
      }),
    );
  }

  #historyOf(key: string): ContainerHistory {
    const history = this.#histories.get(key) ?? new ContainerHistory();
    this.#histories.set(key, history);
    return history;
  }
}

/** The steps of the window that end at multiples of their length, the last at or before now. */
function stepsUntil(nowMs: number, stepMs: number): Steps {
  const toMs = Math.floor(nowMs / stepMs) * stepMs;
  return { fromMs: toMs - windowMs, stepMs, count: windowMs / stepMs };
}

function ascending(one: number, other: number): number {
  return one - other;
}
