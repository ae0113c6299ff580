import type { DockSnapMonitorStatus } from '../generated/monitor.ts';

export interface Happening {
  readonly type: 'Normal' | 'Warning';
  readonly reason: string;
  readonly note: string;
}

/** What to tell as events when one status follows another: transitions alone, and all nodes of a kind in one. */
export function happenings(before: DockSnapMonitorStatus | undefined, after: DockSnapMonitorStatus): Happening[] {
  const was = new Set((before?.unhealthyNodes ?? []).map(({ name }) => name));
  const is = new Map((after.unhealthyNodes ?? []).map((node) => [node.name, node]));
  const silent = [...is.values()].filter(({ name }) => !was.has(name));
  const recovered = [...was].filter((name) => !is.has(name));
  const ready = readyOf(after);
  return [
    ...(silent.length > 0
      ? [
          {
            type: 'Warning',
            reason: 'NodeSilent',
            note: silent.map(({ name, message }) => `${name}: ${message}`).join('\n'),
          } as const,
        ]
      : []),
    ...(recovered.length > 0
      ? [{ type: 'Normal', reason: 'NodeRecovered', note: `data arrives again of ${recovered.join(', ')}` } as const]
      : []),
    ...(ready?.status === 'True' && readyOf(before)?.status === 'False'
      ? [{ type: 'Normal', reason: 'Ready', note: ready.message } as const]
      : []),
  ];
}

function readyOf(status: DockSnapMonitorStatus | undefined) {
  return status?.conditions?.find(({ type }) => type === 'Ready');
}
