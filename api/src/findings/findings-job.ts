import { setTimeout as wait } from 'node:timers/promises';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { Clock } from '../clock.ts';
import { type KnownNode, KnownNodes } from '../nodes/known-nodes.ts';
import { nodeDetail } from '../nodes/node-summary.ts';
import { LatestValues } from '../series/latest-values.ts';
import { judgedContainer, wantsPast } from './container-rules.ts';
import { containerSubject, type NodeFindings, nodeSubject, ranked } from './node-findings.ts';
import { Pasts } from './past.ts';
import { nodeMemoryOf } from './rules/node-memory.ts';
import { nodePressureOf } from './rules/node-pressure.ts';
import { nodeSilentOf } from './rules/node-silent.ts';
import { WatchedNode } from './watched-node.ts';

/** After a node was looked at, nothing is looked at for so many times as long: a tenth of a CPU at most. */
const restFactor = 9;
/** A node is not looked at more often than this. */
const lookMs = 15_000;
/** A round ends after this long, ms: the next one goes on where it ended. */
const turnMs = 10_000;

/**
 * Looks at one node after the other, from memory, and keeps what it finds. Every replica does so for itself: each has
 * every node's last 15 minutes. With more nodes each is looked at less often; the work per second stays.
 */
@Injectable()
export class FindingsJob {
  private readonly log = new Logger('Findings');
  private readonly watched = new Map<string, WatchedNode>();
  private readonly found = new Map<string, NodeFindings>();

  constructor(
    private readonly nodes: KnownNodes,
    private readonly values: LatestValues,
    @Inject(Pasts) private readonly pasts: Pick<Pasts, 'of' | 'forget'>,
    private readonly clock: Clock,
  ) {}

  /** By node, as found last; of nodes that were looked at. */
  all(): ReadonlyMap<string, NodeFindings> {
    return this.found;
  }

  /** One round: those nodes that were looked at longest ago, as far as its time goes. */
  async turn(signal?: AbortSignal): Promise<void> {
    const beginMs = this.clock.nowMs();
    const listed = await this.nodes.listed();
    this.forget(new Set(listed.map(({ id }) => id)));
    // How containers end is told once, and may be told anew before their node is looked at.
    for (const { id, live } of listed) if (live !== undefined) this.watchedOf(id).note(live, beginMs);
    const due = listed
      .map((node) => ({ node, atMs: this.found.get(node.id)?.atMs ?? -Infinity }))
      .filter(({ atMs }) => beginMs - atMs >= lookMs)
      .toSorted((one, other) => one.atMs - other.atMs);
    for (const { node } of due) {
      if (signal?.aborted === true || this.clock.nowMs() - beginMs >= turnMs) return;
      const begunMs = performance.now();
      this.found.set(node.id, await this.lookOrKeep(node, this.clock.nowMs()));
      const restMs = (performance.now() - begunMs) * restFactor;
      await wait(restMs, undefined, { signal }).catch(() => undefined);
    }
  }

  /** What cannot be read of one node is no reason not to look at the others: of that one stays what was found last. */
  private async lookOrKeep(node: KnownNode, nowMs: number): Promise<NodeFindings> {
    try {
      return await this.look(node, nowMs);
    } catch (error) {
      this.log.error({ err: error, node: node.id }, 'cannot see what needs attention on a node; it is tried again');
      const before = this.found.get(node.id);
      return { isSilent: false, namespaces: namespacesOf(node), findings: [], ...before, atMs: nowMs };
    }
  }

  private async look(node: KnownNode, nowMs: number): Promise<NodeFindings> {
    const latest = node.live === undefined ? undefined : this.values.of(node.live).get('node');
    const detail = nodeDetail(node, latest, nowMs);
    const { silence, workingSetBytes, memoryBytes, conditions } = detail;
    const ofNode = [
      nodeSilentOf(silence, detail.containers, nowMs),
      nodeMemoryOf({ nowMs, workingSetBytes, memoryBytes }),
      nodePressureOf(conditions, nowMs),
    ].filter((judgement) => judgement !== undefined);
    const ofContainers = silence === null ? await this.lookInside(node, nowMs) : [];
    return {
      atMs: nowMs,
      isSilent: silence !== null,
      namespaces: namespacesOf(node),
      findings: [...ofNode.map((judgement) => ranked(nodeSubject(node), judgement)), ...ofContainers],
    };
  }

  /** What is found of a node's containers: of the last 15 minutes, and further back only of those that need it. */
  private async lookInside({ id, record, live }: KnownNode, nowMs: number): Promise<NodeFindings['findings']> {
    if (live === undefined) return [];
    const recent = this.watchedOf(id).facts(live, nowMs);
    const wanted = [...recent].filter(([, facts]) => wantsPast(facts)).map(([key]) => key);
    const pasts = await this.pasts.of(id, new Set(wanted), nowMs);
    return [...recent].flatMap(([key, known]) => {
      const facts = { ...known, past: pasts.get(key) };
      return judgedContainer(facts).map((judgement) => ranked(containerSubject(record, key, facts), judgement));
    });
  }

  private watchedOf(id: string): WatchedNode {
    const watched = this.watched.get(id) ?? new WatchedNode();
    this.watched.set(id, watched);
    return watched;
  }

  private forget(listed: ReadonlySet<string>): void {
    for (const id of [...this.found.keys(), ...this.watched.keys()]) {
      if (listed.has(id)) continue;
      this.found.delete(id);
      this.watched.delete(id);
      this.pasts.forget(id);
    }
  }
}

function namespacesOf({ live }: KnownNode): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const key of live?.present ?? []) {
    const description = live?.entities.get(key)?.description;
    if (description?.kind !== 'container') continue;
    counts.set(description.namespace, (counts.get(description.namespace) ?? 0) + 1);
  }
  return counts;
}
