import * as z from 'zod';
import type { Cluster, NodeName } from '../../cluster/handle.ts';
import { nodeNames } from '../../cluster/handle.ts';
import { RELEASE } from '../../cluster/start/chart.ts';
import { until } from '../../system/support/until.ts';

const kubectlMs = 120_000;
const wellWithinMs = 6 * 60_000;

const condition = z.object({ type: z.string(), status: z.string(), reason: z.string(), message: z.string() });
const monitorSchema = z.object({
  spec: z.record(z.string(), z.unknown()),
  status: z.object({
    observedGeneration: z.int().default(0),
    nodes: z.object({ updated: z.int().default(0), reporting: z.int().default(0) }).prefault({}),
    unhealthyNodes: z.array(z.object({ name: z.string(), reason: z.string(), message: z.string() })).default([]),
    conditions: z.array(condition).default([]),
  }),
  metadata: z.object({ generation: z.int() }),
});
export type SeenMonitor = z.infer<typeof monitorSchema>;

/** Takes back what was done. */
export type Undo = () => Promise<unknown>;

/** The sample monitor in a cluster of its own, and what an admin may do to it and around it. */
export class Stage {
  readonly #cluster: Cluster;

  constructor(cluster: Cluster) {
    this.#cluster = cluster;
  }

  async kubectl(...args: string[]): Promise<string> {
    return this.#cluster.kubectl(['--namespace', RELEASE, ...args], { timeoutMs: kubectlMs });
  }

  async inNode(node: NodeName, ...command: string[]): Promise<string> {
    return this.#cluster.inNode(node, command);
  }

  async monitor(): Promise<SeenMonitor> {
    return monitorSchema.parse(JSON.parse(await this.kubectl('get', 'dsm', 'docksnap', '--output', 'json')));
  }

  /** Changes the monitor's spec; undone by the spec that it had. */
  async spec(change: object): Promise<Undo> {
    const { spec } = await this.monitor();
    await this.patch('dsm', 'docksnap', 'merge', { spec: change });
    return () => this.patch('dsm', 'docksnap', 'json', [{ op: 'replace', path: '/spec', value: spec }]);
  }

  async patch(kind: string, name: string, type: 'merge' | 'json', patch: object): Promise<string> {
    return this.kubectl('patch', kind, name, '--type', type, '--patch', JSON.stringify(patch));
  }

  /** Takes an object away; undone by making it again. */
  async without(kind: string, name: string): Promise<Undo> {
    const text = await this.kubectl('get', kind, name, '--output', 'json');
    await this.kubectl('delete', kind, name);
    return () => this.#cluster.kubectl(['create', '-f', '-'], { input: withoutIdentity(text), timeoutMs: kubectlMs });
  }

  /** The pod of an agent on a node, and its address. */
  async agentOn(node: NodeName): Promise<{ readonly name: string; readonly ip: string }> {
    const path = 'jsonpath={.items[0].metadata.name} {.items[0].status.podIP}';
    const [name = '', ip = ''] = (
      await this.kubectl(
        ...['get', 'pods', '--selector', 'app.kubernetes.io/component=agent'],
        ...['--field-selector', `spec.nodeName=${node}`, '--output', path],
      )
    ).split(' ');
    return { name, ip };
  }

  /** Agents begin anew: a kubelet remembers for minutes whom it has let in. */
  async newAgents(): Promise<void> {
    await this.kubectl('delete', 'pods', '--selector', 'app.kubernetes.io/component=agent');
  }

  /** Settles when every node has the newest agent and reports. */
  async untilWell(): Promise<void> {
    await until('every node reporting', wellWithinMs, async () => {
      const { metadata, status } = await this.monitor();
      const ready = status.conditions.find(({ type }) => type === 'Ready')?.status === 'True';
      const isNewest = status.observedGeneration === metadata.generation && status.nodes.updated === nodeNames.length;
      return ready && isNewest && status.nodes.reporting === nodeNames.length && status.unhealthyNodes.length === 0;
    });
  }
}

/** What the API server adds to an object. */
const added = ['uid', 'resourceVersion', 'creationTimestamp', 'managedFields'];

/** An object as it was first applied. */
function withoutIdentity(text: string): string {
  const object = z.looseObject({ metadata: z.looseObject({}) }).parse(JSON.parse(text));
  const metadata = Object.entries(object.metadata).filter(([name]) => !added.includes(name));
  return JSON.stringify({ ...object, metadata: Object.fromEntries(metadata) });
}
