import type { MissingFact, NodeDescription } from '@docksnap/contract';
import type { CadvisorClient } from '../cadvisor/client.ts';
import { gatheredOf } from '../cadvisor/gathered.ts';
import { SampleReader } from '../cadvisor/reader.ts';
import { specsOf } from '../cadvisor/spec-of.ts';
import type { Engine } from '../docker/engine.ts';
import type { RowDrops } from '../exposition/row-drops.ts';
import type { Problems } from '../problems.ts';
import { attempt } from '../source/attempt.ts';
import type { Gathered, Source } from '../source/source.ts';
import { DescriptionHashes } from '../tick/description-hashes.ts';
import type { ScrapeTimes } from '../tick/scrape-times.ts';
import { describeMachine } from './machine-facts.ts';
import { machineResidents } from './residents.ts';

/** The machine's facts are asked for again after so long. */
const factsMs = 600_000;

export interface MachineSourceParts {
  readonly nodeName: string;
  /** Of one read in all, ms. */
  readonly timeoutMs: number;
  readonly client: CadvisorClient;
  /** Undefined: no engine's socket is configured. */
  readonly engine: Engine | undefined;
  readonly problems: Problems;
  readonly drops: RowDrops;
  readonly times: ScrapeTimes;
}

/** A machine without Kubernetes: samples of each second from cAdvisor's REST API, names and state from Docker's. */
export class MachineSource implements Source {
  readonly #parts: MachineSourceParts;
  readonly #reader: SampleReader;
  readonly #hashes = new DescriptionHashes();
  #machine: { readonly page: unknown; readonly attributes: unknown; readonly readMs: number } | undefined;
  #node: { readonly description: NodeDescription; readonly hasEngine: boolean } | undefined;

  constructor(parts: MachineSourceParts) {
    this.#parts = parts;
    this.#reader = new SampleReader(parts);
  }

  open(): Promise<void> {
    return Promise.resolve();
  }

  async gather(tickMs: number): Promise<Gathered | undefined> {
    const { client, engine, drops, timeoutMs } = this.#parts;
    const signal = AbortSignal.timeout(timeoutMs);
    const startedMs = performance.now();
    await this.#readMachine(tickMs, signal);
    const page = await attempt(this.#parts, '/api/v2.0/spec', () => client.specs(signal));
    if (page === undefined) return undefined;
    const containers = await engine?.containers(signal);
    const node = this.#describe(containers !== undefined);
    const specs = specsOf(page, node.memoryBytes ?? Infinity);
    const root = { key: 'node', description: node, runtimeId: '', startedAtMs: 0 };
    const samples = { path: '/', groups: ['resource', 'cgroup', 'network'] as const };
    const residents = [{ ...root, samples }, ...machineResidents(specs, containers, tickMs, drops)];
    const paths = new Set(residents.flatMap(({ samples: its }) => (its === undefined ? [] : [its.path])));
    const ago = { tickMs, agoMs: performance.now() - startedMs };
    const { tickTimes, placed } = await this.#reader.read([...paths], ago, signal);
    return gatheredOf(residents, tickTimes, placed, { hashes: this.#hashes, drops });
  }

  close(): void {
    this.#parts.client.close();
    void this.#parts.engine?.close();
  }

  async #readMachine(nowMs: number, signal: AbortSignal): Promise<void> {
    if (this.#machine !== undefined && Math.abs(nowMs - this.#machine.readMs) < factsMs) return;
    const { client } = this.#parts;
    const page = await attempt(this.#parts, '/api/v1.3/machine', () => client.machine(signal));
    const attributes = await attempt(this.#parts, '/api/v2.0/attributes', () => client.attributes(signal));
    if (page !== undefined && attributes !== undefined) this.#machine = { page, attributes, readMs: nowMs };
    this.#node = undefined;
  }

  /** The same object while nothing changes, so that it is hashed once. */
  #describe(hasEngine: boolean): NodeDescription {
    if (this.#node?.hasEngine === hasEngine) return this.#node.description;
    const missing = hasEngine ? [] : withoutEngine;
    const description = describeMachine(this.#parts.nodeName, this.#machine?.page, this.#machine?.attributes, missing);
    this.#node = { description, hasEngine };
    return description;
  }
}

const withoutEngine: readonly MissingFact[] = [
  {
    fact: 'containerState',
    reason: "the Docker engine's socket cannot be read: CPU limits, restarts and how containers ended are not known",
  },
];
