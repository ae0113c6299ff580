import { lowestMinor, type KubernetesVersion } from '../kube/version.ts';
import type { Claim, Overlap } from '../placement/owners.ts';
import type { Finding } from './conditions.ts';

const namedNodes = 3;
const namedMonitors = 5;

/** Whether a monitor can be honoured: Kubernetes is new enough, and no older monitor has its nodes. */
export function acceptedFinding(version: KubernetesVersion, { refusedFor, keptFrom }: Claim): Finding {
  if (version.minor < lowestMinor) {
    const message = `the cluster runs Kubernetes ${version.name}, and DockSnap needs 1.${lowestMinor} or newer, whose kubelets let agents read figures without further rights; upgrade the cluster`;
    return { status: 'False', reason: 'UnsupportedKubernetes', message };
  }
  if (refusedFor !== undefined) {
    const message = `monitor ${refusedFor.monitor} is older and keeps ${nodesOf(refusedFor)}; select other nodes with agent.nodeSelector, affinity or tolerations, or delete one of the two`;
    return { status: 'False', reason: 'OverlappingMonitor', message };
  }
  return { status: 'True', reason: 'Valid', message: `the spec is valid${rivals(keptFrom)}` };
}

function rivals(keptFrom: readonly Overlap[]): string {
  if (keptFrom.length === 0) return '';
  const named = keptFrom.slice(0, namedMonitors).map((overlap) => `${overlap.monitor} (${nodesOf(overlap)})`);
  const more = keptFrom.length > namedMonitors ? ` and ${keptFrom.length - namedMonitors} more` : '';
  return `; younger monitors want the same nodes and wait: ${named.join(', ')}${more}`;
}

function nodesOf({ nodes }: Overlap): string {
  const more = nodes.length > namedNodes ? ` and ${nodes.length - namedNodes} more nodes` : '';
  return `${nodes.slice(0, namedNodes).join(', ')}${more}`;
}
