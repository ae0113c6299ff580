import type { Block, Description, Entity, NodeStateAt } from '@docksnap/contract';
import type { LiveContainer } from '../containers/live-containers.ts';
import { nothing } from '../series/latest.ts';
import { NodeLatest } from '../series/node-latest.ts';
import type { KnownEntity, NodeRecord } from '../store/store.ts';
import { cutBlock, listedLast } from './cut-block.ts';

/** A node and what ran on it. */
export interface NodeAt {
  readonly node: NodeStateAt;
  readonly containers: readonly LiveContainer[];
}

/** A node as its blocks, ascending, say it was at a time; undefined where none of them has a tick up to then. */
export function nodeAt(
  record: NodeRecord,
  blocks: readonly Block[],
  descriptions: ReadonlyMap<string, Description>,
  atMs: number,
): NodeAt | undefined {
  const past = blocks.map((block) => cutBlock(block, atMs)).filter((block) => block !== undefined);
  const newest = past.toSorted((one, other) => lastTickOf(one) - lastTickOf(other)).at(-1);
  if (newest === undefined) return undefined;
  const latest = NodeLatest.of(past);
  const listed = listedLast(newest);
  const own = descriptions.get(listed.find(({ kind }) => kind === 'node')?.description ?? '');
  const lastTickMs = lastTickOf(newest);
  const containers = listed.flatMap((entity): LiveContainer[] => {
    const description = descriptions.get(entity.description);
    if (description?.kind !== 'container') return [];
    const values = latest.get(entity.key) ?? nothing;
    return [containerAt({ record, entity: knownAt(entity, description, lastTickMs), description, latest: values })];
  });
  const { cpuCores, workingSetBytes } = latest.get('node') ?? nothing;
  const node: NodeStateAt = {
    id: record.id,
    name: record.name,
    lastTickMs,
    ...machineOf(own),
    cpuCores,
    workingSetBytes,
    pods: listed.filter(({ kind }) => kind === 'pod').length,
    containers: containers.length,
  };
  return { node, containers };
}

function containerAt(container: Omit<LiveContainer, 'state' | 'stateReason'>): LiveContainer {
  const { state, stateReason = null } = container.description;
  return { ...container, state, stateReason };
}

function knownAt(entity: Entity, description: Description, lastSeenMs: number): KnownEntity {
  const { kind, key, runtimeId, startedAtMs } = entity;
  return { kind, key, description, lastSeenMs, incarnations: [{ runtimeId, startedAtMs, lastSeenMs }] };
}

function machineOf(description: Description | undefined): Pick<NodeStateAt, 'cores' | 'memoryBytes'> {
  if (description?.kind !== 'node') return { cores: null, memoryBytes: null };
  const { cores = null, memoryBytes = null } = description;
  return { cores, memoryBytes };
}

function lastTickOf(block: Block): number {
  return block.tickTimes.at(-1) ?? 0;
}
