import { setImmediate as breathe, setTimeout as wait } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
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
export const lookMs = 15_000;

/**
 * Looks at one node after the other, from memory, and keeps what it finds. Every replica does so for itself: each has
 * every node's last 15 minutes. With more nodes each is looked at less often; the work per second stays.
 */
@Injectable()
export class FindingsJob {
  private readonly watched = new Map<string, WatchedNode>();
  private found: ReadonlyMap<string, NodeFindings> = new Map();

  constructor(
    private readonly nodes: KnownNodes,
    private readonly values: LatestValues,
    private readonly pasts: Pasts,
    private readonly clock: Clock,
  ) {}

  /** By node, as found last; of nodes that were looked at. */
  all(): ReadonlyMap<string, NodeFindings> {
    return this.found;
  }

  /** One round over all nodes that were not looked at just now. */
  async turn(signal?: AbortSignal): Promise<void> {
    const listed = await this.nodes.listed();
    this.forget(new Set(listed.map(({ id }) => id)));
    for (const node of listed) {
      if (signal?.aborted === true) return;
      const nowMs = this.clock.nowMs();
      if (nowMs - (this.found.get(node.id)?.atMs ?? -Infinity) < lookMs) continue;
      const begunMs = performance.now();
      const findings = await this.look(node, nowMs);
      this.found = new Map(this.found).set(node.id, findings);
      const tookMs = performance.now() - begunMs;
      if (listed.length > 1) await wait(tookMs * restFactor, undefined, { signal }).catch(() => undefined);
      else await breathe();
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
    const watched = this.watched.get(id) ?? new WatchedNode();
    this.watched.set(id, watched);
    const recent = watched.facts(live, nowMs);
    const wanted = [...recent].filter(([, facts]) => wantsPast(facts)).map(([key]) => key);
    const pasts = await this.pasts.of(id, new Set(wanted), nowMs);
    return [...recent].flatMap(([key, known]) => {
      const facts = { ...known, past: pasts.get(key) };
      return judgedContainer(facts).map((judgement) => ranked(containerSubject(record, key, facts), judgement));
    });
  }

  private forget(listed: ReadonlySet<string>): void {
    if ([...this.found.keys()].every((id) => listed.has(id))) return;
    this.found = new Map([...this.found].filter(([id]) => listed.has(id)));
    for (const id of this.watched.keys()) {
      if (listed.has(id)) continue;
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
