import type { Pod } from './objects.ts';

export interface PodProblem {
  readonly reason: 'Unschedulable' | 'ImagePullFailed' | 'MissingReference' | 'CrashLooping';
  readonly message: string;
}

const byWaitingReason = new Map<string, PodProblem['reason']>([
  ['ErrImagePull', 'ImagePullFailed'],
  ['ImagePullBackOff', 'ImagePullFailed'],
  ['ErrImageNeverPull', 'ImagePullFailed'],
  ['InvalidImageName', 'ImagePullFailed'],
  ['CreateContainerConfigError', 'MissingReference'],
  ['CrashLoopBackOff', 'CrashLooping'],
]);

/** What keeps an agent's pod from running, and what to do; undefined when nothing is known to. */
export function podProblem(pod: Pod): PodProblem | undefined {
  const unscheduled = pod.status.conditions.find(({ reason }) => reason === 'Unschedulable');
  if (unscheduled !== undefined) {
    const message = `pod ${pod.metadata.name} cannot be scheduled: ${unscheduled.message}`;
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
  if (reason !== 'CrashLooping') return { reason, message: `pod ${name}: ${state.waiting?.message ?? ''}` };
  const exit = lastState.terminated;
  const how = exit === undefined ? '' : ` (exit code ${exit.exitCode} ${exit.reason})`;
  const look = `see kubectl logs -n ${namespace} ${name} --previous`;
  return { reason, message: `pod ${name} ends again and again${how}; ${look}` };
}
