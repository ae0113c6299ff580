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
  const { name, namespace = '' } = pod.metadata;
  const unscheduled = pod.status.conditions.find(({ reason }) => reason === 'Unschedulable');
  if (unscheduled !== undefined) {
    return { reason: 'Unschedulable', message: `pod ${name} cannot be scheduled: ${unscheduled.message}` };
  }
  for (const { state, lastState } of pod.status.containerStatuses) {
    const reason = byWaitingReason.get(state.waiting?.reason ?? '');
    if (reason === 'CrashLooping') {
      const exit = lastState.terminated;
      const how = exit === undefined ? '' : ` (exit code ${exit.exitCode} ${exit.reason})`;
      return {
        reason,
        message: `pod ${name} ends again and again${how}; see kubectl logs -n ${namespace} ${name} --previous`,
      };
    }
    if (reason !== undefined) return { reason, message: `pod ${name}: ${state.waiting?.message ?? ''}` };
  }
  return undefined;
}
