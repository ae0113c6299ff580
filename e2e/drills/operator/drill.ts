import { setTimeout as sleep } from 'node:timers/promises';
import { OperatorProcess } from '../../../operator/src/testing/operator-process.ts';
import { isWrite } from '../../control-plane/audit.ts';
import { startControlPlane, type ControlPlane } from '../../control-plane/control-plane.ts';
import { FaultProxy } from '../../control-plane/fault-proxy.ts';
import { until } from '../../system/support/until.ts';
import type { Drill, DrillRun, Row } from '../drill.ts';

const namespace = 'docksnap';
const restMs = 600_000;
/** A watch that brings nothing, not even a bookmark, is given up after 130 s. */
const halfOpenMs = 180_000;
const failOverMs = 20_000;
const minuteMs = 60_000;

export const drill: Drill = {
  title: 'Operators that are killed, an API server whose connections die in silence, ten minutes at rest',
  expectedMinutes: 16,
  async run(given) {
    const plane = await startControlPlane({ controllers: true });
    const running = new Set<OperatorProcess>();
    const start = (identity: string, kubeconfig: string): OperatorProcess => {
      const operator = new OperatorProcess({ namespace, identity, env: { KUBECONFIG: kubeconfig } });
      running.add(operator);
      return operator;
    };
    try {
      await plane.kubectl(['create', 'namespace', namespace]);
      return [
        ...(await killed(plane, start, given)),
        ...(await halfOpen(plane, start, given)),
        ...(await atRest(plane, start, given)),
      ];
    } finally {
      await Promise.all([...running].map((operator) => operator.end('SIGKILL')));
      await plane.stop();
    }
  },
};

type Start = (identity: string, kubeconfig: string) => OperatorProcess;

async function killed(plane: ControlPlane, start: Start, { progress }: DrillRun): Promise<Row[]> {
  progress('a leader is killed');
  const first = start('first', await plane.kubeconfigOf('first'));
  await leads(first);
  const second = start('second', await plane.kubeconfigOf('second'));
  await until('the standby to run', minuteMs, async () => said(second, '"started"'));
  await first.end('SIGKILL');
  const killedMs = Date.now();
  await apply(plane, 'orphan');
  await madeFor(plane, 'orphan');
  const tookMs = Date.now() - killedMs;
  progress(`the standby had taken over ${(tookMs / 1000).toFixed(1)} s later`);
  await second.end('SIGTERM');
  const lease = await plane.kubectl([
    'get',
    'lease',
    'docksnap-operator',
    '-n',
    namespace,
    '-o',
    'jsonpath={.spec.holderIdentity}',
  ]);
  return [
    row(
      `after kill -9 the standby reconciles within ${failOverMs / 1000} s`,
      'yes',
      tookMs <= failOverMs ? 'yes' : 'no',
    ),
    row('at SIGTERM the Lease is let go', 'nobody', lease === '' ? 'nobody' : lease),
  ];
}

async function halfOpen(plane: ControlPlane, start: Start, { progress }: DrillRun): Promise<Row[]> {
  progress('connections die in silence');
  const proxy = await FaultProxy.start(plane, 'third');
  const operator = start('third', proxy.kubeconfig);
  await leads(operator);
  await apply(plane, 'before');
  await madeFor(plane, 'before');
  proxy.freeze();
  await apply(plane, 'unseen');
  const found = await madeFor(plane, 'unseen', halfOpenMs).then(
    () => 'yes',
    () => 'no',
  );
  await operator.end('SIGTERM');
  await proxy.stop();
  return [row(`a monitor that a dead watch did not bring is seen within ${halfOpenMs / 1000} s`, 'yes', found)];
}

async function atRest(plane: ControlPlane, start: Start, { progress }: DrillRun): Promise<Row[]> {
  progress(`at rest for ${restMs / 1000} s`);
  const operator = start('fourth', await plane.kubeconfigOf('fourth'));
  await leads(operator);
  // What there is to write once is written; the API of this operator cannot be reached, which it says once.
  await sleep(minuteMs);
  const sinceMs = Date.now();
  await sleep(restMs);
  const requests = (await plane.requestsOf('fourth')).filter(({ atMs }) => atMs >= sinceMs);
  const writes = requests.filter((request) => isWrite(request) && request.resource !== 'leases');
  const renewals = requests.filter((request) => isWrite(request) && request.resource === 'leases');
  progress(`${requests.length} requests, ${renewals.length} of them renewals of the Lease`);
  return [
    row('writes besides the Lease', '0', String(writes.length)),
    row('lists', '0', String(requests.filter(({ verb }) => verb === 'list').length)),
    row('the Lease was renewed all the while', 'yes', renewals.length > restMs / 10_000 ? 'yes' : 'no'),
  ];
}

async function leads(operator: OperatorProcess): Promise<void> {
  await until('it to lead', minuteMs, async () => said(operator, '"leading"'));
}

function said(operator: OperatorProcess, words: string): Promise<boolean> {
  return Promise.resolve(operator.output.includes(words));
}

/** A monitor of no node, so that those of several steps do not overlap. */
async function apply(plane: ControlPlane, name: string): Promise<void> {
  const spec = { agent: { nodeSelector: { only: name } } };
  await plane.apply({ apiVersion: 'docksnap.io/v1', kind: 'DockSnapMonitor', metadata: { name, namespace }, spec });
}

async function madeFor(plane: ControlPlane, monitor: string, withinMs = minuteMs): Promise<void> {
  await until(`the DaemonSet of ${monitor}`, withinMs, async () => {
    const text = await plane.kubectl(['get', 'daemonset', `${monitor}-agent`, '-n', namespace, '--ignore-not-found']);
    return text !== '';
  });
}

function row(step: string, expected: string, found: string): Row {
  return { step, expected, found };
}
