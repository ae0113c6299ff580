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
  return [...silences(before, after), ...recoveries(before, after), ...readiness(before, after)];
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
  if (conditionOf(after, 'DataFlowing')?.reason === 'DestinationUnreachable') return [];
  const is = namesOf(after);
  const recovered = [...namesOf(before)].filter((name) => !is.has(name));
  if (recovered.length === 0) return [];
  return [{ type: 'Normal', reason: 'NodeRecovered', note: `no longer silent: ${recovered.join(', ')}` }];
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
