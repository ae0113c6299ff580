import type { Pod } from './objects.ts';

export interface PodProblem {
  readonly reason:
    'Unschedulable' | 'ImagePullFailed' | 'MissingReference' | 'CrashLooping' | 'PodSecurityRejected' | 'PodsRejected';
  readonly message: string;
}

const byWaitingReason = new Map<string, keyof typeof cureOf | 'CrashLooping'>([
  ['ErrImagePull', 'ImagePullFailed'],
  ['ImagePullBackOff', 'ImagePullFailed'],
  ['ErrImageNeverPull', 'ImagePullFailed'],
  ['InvalidImageName', 'ImagePullFailed'],
  ['CreateContainerConfigError', 'MissingReference'],
  ['CrashLoopBackOff', 'CrashLooping'],
]);

const cureOf = {
  ImagePullFailed:
    'see that agent.image exists, that the node reaches its registry, and that agent.imagePullSecrets hold for it',
  MissingReference: 'make what is missing, or correct its name in the spec',
} as const;

/** What keeps an agent's pod from running, and what to do; undefined when nothing is known to. */
export function podProblem(pod: Pod): PodProblem | undefined {
  const unscheduled = pod.status.conditions.find(({ reason }) => reason === 'Unschedulable');
  if (unscheduled !== undefined) {
    const message = `pod ${pod.metadata.name} cannot be scheduled: ${unscheduled.message}; make room there, lower agent.resources.requests, or set agent.priorityClassName`;
    return { reason: 'Unschedulable', message };
  }
  const problems = pod.status.containerStatuses.map((container) => containerProblem(pod, container));
  return problems.find((problem) => problem !== undefined);
}

function containerProblem(
  { metadata: { name, namespace = '' } }: Pod,
  { state, lastState }: Pod['status']['containerStatuses'][number],
): PodProblem | undefined {
  const reason = byWaitingReason.get(state.waiting?.reason ?? '');
  if (reason === undefined) return undefined;
  if (reason !== 'CrashLooping') {
    return { reason, message: `pod ${name}: ${state.waiting?.message ?? ''}; ${cureOf[reason]}` };
  }
  const exit = lastState.terminated;
  const how = exit === undefined ? '' : ` (exit code ${exit.exitCode} ${exit.reason})`;
  const look = `see kubectl logs -n ${namespace} ${name} --previous`;
  return { reason, message: `pod ${name} ends again and again${how}; ${look}` };
}
