import type { ContainerDescription, NodeDescription, PodDescription, Scope } from '@docksnap/contract';
import { sees } from '../access/scope.ts';
import type { LiveNode } from '../live/live-nodes.ts';
import type { Newest } from './newest-samples.ts';

/** Something that runs on a node, or the node itself, with what is known of it now. */
export interface Shown<Description> {
  readonly description: Description;
  readonly newest: Newest | undefined;
}

/** Of one node what a scope holds and what is there now. */
export interface VisibleNode {
  readonly name: string;
  /** Undefined for a scope of namespaces. */
  readonly node: Shown<NodeDescription | undefined> | undefined;
  readonly pods: readonly Shown<PodDescription>[];
  readonly containers: readonly Shown<ContainerDescription>[];
}

/** Applies a scope to a node before anything of it is written. */
export function visibleNode(live: LiveNode, newest: ReadonlyMap<string, Newest>, scope: Scope): VisibleNode {
  const pods: Shown<PodDescription>[] = [];
  const containers: Shown<ContainerDescription>[] = [];
  for (const key of live.present) {
    const description = live.entities.get(key)?.description;
    if (description === undefined || description.kind === 'node' || !sees(scope, description.namespace)) continue;
    if (description.kind === 'pod') pods.push({ description, newest: newest.get(key) });
    else containers.push({ description, newest: newest.get(key) });
  }
  return { name: live.record.name, node: scope.kind === 'all' ? ownOf(live, newest) : undefined, pods, containers };
}

function ownOf(live: LiveNode, newest: ReadonlyMap<string, Newest>): Shown<NodeDescription | undefined> {
  const description = live.entities.get('node')?.description;
  return { description: description?.kind === 'node' ? description : undefined, newest: newest.get('node') };
}
