import type { NodeSummary } from '@docksnap/contract';
import type { MarkKind } from '../ui/mark.ts';

export interface NodeMark {
  readonly kind: MarkKind;
  /** What the shape says, in words. */
  readonly words: string;
  /** Why the shape is not the green circle, in a word or two; empty when it is. */
  readonly note: string;
}

/** A node's state as a mark. Silence outweighs what Kubernetes says: without samples nothing is known. */
export function nodeMark(node: Pick<NodeSummary, 'state' | 'ready'>): NodeMark {
  if (node.state === 'silent') return { kind: 'unknown', words: 'Silent', note: 'silent' };
  if (node.ready === 'False') return { kind: 'critical', words: 'Reporting, but not ready', note: 'not ready' };
  if (node.ready === 'Unknown')
    return { kind: 'warning', words: 'Reporting, readiness unknown', note: 'readiness unknown' };
  return { kind: 'ok', words: 'Reporting', note: '' };
}
