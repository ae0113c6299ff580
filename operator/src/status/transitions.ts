import type { DockSnapMonitorStatus } from '../generated/monitor.ts';

/** What to tell as an event: https://kubernetes.io/docs/reference/kubernetes-api/cluster-resources/event-v1/ */
export interface Happening {
  readonly type: 'Normal' | 'Warning';
  readonly reason: string;
  readonly note: string;
}

type Condition = NonNullable<DockSnapMonitorStatus['conditions']>[number];

/** What to tell when one status follows another: transitions alone, and all nodes of a kind in one. */
export function happenings(before: DockSnapMonitorStatus | undefined, after: DockSnapMonitorStatus): Happening[] {
  return [
    ...silences(before, after),
    ...recoveries(before, after),
    ...refusals(before, after),
    ...readiness(before, after),
  ];
}

function silences(before: DockSnapMonitorStatus | undefined, after: DockSnapMonitorStatus): Happening[] {
  const was = namesOf(before);
  const silent = (after.unhealthyNodes ?? []).filter(({ name }) => !was.has(name));
  if (silent.length === 0) return [];
  const note = silent.map(({ name, reason, message }) => `${name}: ${reason}: ${message}`).join('\n');
  return [{ type: 'Warning', reason: 'NodeSilent', note }];
}

function recoveries(before: DockSnapMonitorStatus | undefined, after: DockSnapMonitorStatus): Happening[] {
  // When the API cannot be asked, nothing is known: nobody has recovered.
  const unknown = ['DestinationUnreachable', 'CredentialsRejected', 'NotAskedYet', 'DestinationElsewhere'];
  if (unknown.includes(conditionOf(after, 'DataFlowing')?.reason ?? '')) return [];
  const is = namesOf(after);
  const recovered = [...namesOf(before)].filter((name) => !is.has(name));
  if (recovered.length === 0) return [];
  return [{ type: 'Normal', reason: 'NodeRecovered', note: `no longer silent: ${recovered.join(', ')}` }];
}

/** Reasons that somebody has to act upon, told once when a condition comes to have them. */
const toldReasons = new Set([
  'ApplyConflict',
  'Forbidden',
  'Invalid',
  'NameTaken',
  'OverlappingMonitor',
  'PodSecurityRejected',
  'PodsRejected',
  'RolloutHeld',
  'RolloutStalled',
  'UnsupportedKubernetes',
]);

function refusals(before: DockSnapMonitorStatus | undefined, after: DockSnapMonitorStatus): Happening[] {
  const changed = (after.conditions ?? []).filter(({ type, reason }) => {
    return type !== 'Ready' && toldReasons.has(reason) && conditionOf(before, type)?.reason !== reason;
  });
  return changed.map(({ reason, message }) => ({ type: 'Warning', reason, note: message }));
}

function readiness(before: DockSnapMonitorStatus | undefined, after: DockSnapMonitorStatus): Happening[] {
  const [was, is] = [conditionOf(before, 'Ready'), conditionOf(after, 'Ready')];
  if (is?.status !== 'True' || was?.status !== 'False') return [];
  return [{ type: 'Normal', reason: 'Ready', note: is.message }];
}

function namesOf(status: DockSnapMonitorStatus | undefined): ReadonlySet<string> {
  return new Set((status?.unhealthyNodes ?? []).map(({ name }) => name));
}

function conditionOf(status: DockSnapMonitorStatus | undefined, type: string): Condition | undefined {
  return status?.conditions?.find((condition) => condition.type === type);
}
