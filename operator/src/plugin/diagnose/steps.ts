import { isPodReady, isReady, nodeOf } from '../../observed/objects.ts';
import { podProblem } from '../../observed/pod-problem.ts';
import type { Seen } from '../cluster.ts';
import { rowsOf } from '../status/rows.ts';

/** One station of the data's way, in order. */
export interface Step {
  readonly name: string;
  /** What is wrong, one sentence each with what to do; none: it is well. */
  readonly faults: readonly string[];
}

/** The stations from the monitor to the store. @param only one node; undefined: all */
export function stepsOf(seen: Seen, only: string | undefined): Step[] {
  const of = (name: string): boolean => only === undefined || name === only;
  return [
    ...(only === undefined ? [] : [{ name: `Kubernetes knows ${only}`, faults: unknownNode(seen, only) }]),
    { name: 'there is a monitor, and it is accepted', faults: monitors(seen) },
    { name: 'the operator runs', faults: workload(seen, 'operator') },
    { name: 'the database runs', faults: workload(seen, 'database') },
    { name: 'the API runs', faults: workload(seen, 'api') },
    { name: 'the agents are as the monitor asks', faults: conditions(seen, 'Reconciled') },
    { name: 'nodes are ready', faults: nodes(seen, of) },
    { name: 'an agent runs on each', faults: agents(seen, of) },
    { name: 'agents read their kubelets and reach the API', faults: problems(seen, of) },
    { name: 'data is stored', faults: silence(seen, of) },
  ];
}

function unknownNode({ nodes: known }: Seen, only: string): string[] {
  if (known.some(({ metadata }) => metadata.name === only)) return [];
  return [`there is no node ${only}: ${known.map(({ metadata }) => metadata.name).join(', ')}`];
}

function monitors(seen: Seen): string[] {
  if (seen.monitors.length === 0) return ['there is no DockSnapMonitor: apply one, see docs/install.md'];
  return conditions(seen, 'Accepted');
}

function conditions({ monitors: all }: Seen, type: string): string[] {
  return all.flatMap(({ metadata, status }) =>
    status.conditions
      .filter((condition) => condition.type === type && condition.status === 'False')
      .map(({ reason, message }) => `${metadata.namespace}/${metadata.name}: ${reason}: ${message}`),
  );
}

function workload({ workloads }: Seen, component: string): string[] {
  const found = workloads.filter(({ metadata }) => metadata.labels['app.kubernetes.io/component'] === component);
  // Who has a MongoDB of their own has no database of ours.
  if (found.length === 0 && component !== 'database')
    return [`there is no ${component}: install the chart, or look for it in another cluster`];
  return found
    .filter(({ spec, status }) => status.readyReplicas < Math.min(1, spec.replicas) || spec.replicas === 0)
    .map(({ kind, metadata: { name, namespace }, spec, status }) => {
      const look = `kubectl describe ${kind.toLowerCase()} ${name} -n ${namespace}; kubectl logs ${kind.toLowerCase()}/${name} -n ${namespace}`;
      return `${namespace}/${name}: ${status.readyReplicas} of ${spec.replicas} pods are ready; look: ${look}`;
    });
}

function nodes(seen: Seen, of: (name: string) => boolean): string[] {
  const names = seen.nodes
    .filter((node) => of(node.metadata.name) && !isReady(node))
    .map(({ metadata }) => metadata.name);
  return names.map((name) => `Kubernetes does not call ${name} ready; look: kubectl describe node ${name}`);
}

function agents(seen: Seen, of: (name: string) => boolean): string[] {
  const ready = new Set(seen.nodes.filter(isReady).map(({ metadata }) => metadata.name));
  return seen.agents
    .filter((pod) => of(nodeOf(pod) ?? '') && ready.has(nodeOf(pod) ?? '') && !isPodReady(pod))
    .map((pod) => {
      const { name, namespace = '' } = pod.metadata;
      const problem = podProblem(pod);
      if (problem !== undefined) return `${nodeOf(pod) ?? ''}: ${problem.reason}: ${problem.message}`;
      return `${nodeOf(pod) ?? ''}: pod ${name} is not ready; look: kubectl describe pod ${name} -n ${namespace}`;
    });
}

function problems(seen: Seen, of: (name: string) => boolean): string[] {
  return seen.nodes
    .filter(({ metadata }) => of(metadata.name))
    .flatMap(({ metadata: { name, uid } }) =>
      (seen.reports.get(uid)?.problems ?? []).map(({ reason, message }) => `${name}: ${reason}: ${message}`),
    );
}

function silence(seen: Seen, of: (name: string) => boolean): string[] {
  const silent = rowsOf(seen).flatMap(({ nodes: rows }) =>
    rows.filter(({ name, reporting }) => of(name) && !reporting),
  );
  const words = silent.map(({ name, pod, reason, message }) =>
    reason === '' ? `${name}: its data does not arrive; look: kubectl logs ${pod}` : `${name}: ${reason}: ${message}`,
  );
  return [...seen.unasked.map((why) => `an API could not be asked: ${why}`), ...words];
}
