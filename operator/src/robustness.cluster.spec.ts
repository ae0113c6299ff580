import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { isWrite } from '../../e2e/control-plane/audit.ts';
import { type ControlPlane, startControlPlane } from '../../e2e/control-plane/control-plane.ts';
import { FaultProxy } from '../../e2e/control-plane/fault-proxy.ts';
import { OperatorProcess } from './testing/operator-process.ts';
import { until } from './testing/until.ts';

const namespace = 'docksnap';
const monitorSchema = z.object({
  status: z
    .object({
      conditions: z.array(z.object({ type: z.string(), status: z.string(), reason: z.string(), message: z.string() })),
    })
    .optional(),
});
const leaseSchema = z.object({ spec: z.object({ holderIdentity: z.string() }) });

/** An API server of its own, so that it may be killed, and everything that reaches it be counted. */
describe('operators and an API server that fails', () => {
  let plane: ControlPlane;
  const operators: OperatorProcess[] = [];

  beforeAll(async () => {
    plane = await startControlPlane({ controllers: true });
    await plane.kubectl(['create', 'namespace', namespace]);
  }, 120_000);
  afterAll(async () => {
    await Promise.all(operators.map((operator) => operator.end('SIGKILL')));
    await plane.stop();
  }, 60_000);

  function started(identity: string, kubeconfig: string): OperatorProcess {
    const operator = new OperatorProcess({ namespace, identity, env: { KUBECONFIG: kubeconfig } });
    operators.push(operator);
    return operator;
  }
  const leads = (operator: OperatorProcess): boolean => operator.output.includes('"leading"');
  /** A monitor of no node, so that those of several tests do not overlap. */
  async function apply(name: string, spec: Record<string, unknown> = {}): Promise<void> {
    const agent = { nodeSelector: { only: name } };
    const metadata = { name, namespace };
    await plane.apply({ apiVersion: 'docksnap.io/v1', kind: 'DockSnapMonitor', metadata, spec: { agent, ...spec } });
  }
  const found = async (kind: string, name: string): Promise<unknown> => {
    const text = await plane.kubectl(['get', kind, name, '-n', namespace, '-o', 'json', '--ignore-not-found']);
    return text === '' ? undefined : JSON.parse(text);
  };
  const daemonSet = (monitor: string) => found('daemonset', `${monitor}-agent`);
  async function condition(monitor: string, type: string) {
    const { status } = monitorSchema.parse(await found('dsm', monitor));
    return status?.conditions.find((one) => one.type === type);
  }
  async function holder(): Promise<string> {
    return leaseSchema.parse(await found('lease', 'docksnap-operator')).spec.holderIdentity;
  }

  it('a leader that was stopped past its Lease writes nothing when it goes on', async () => {
    const [first, second] = [
      started('first', await plane.kubeconfigOf('first')),
      started('second', await plane.kubeconfigOf('second')),
    ];
    const leader = await until('a leader', () => operators.find(leads), 20_000);
    const [name, other] = leader === first ? ['first', second] : ['second', first];
    await apply('before');
    await until('a DaemonSet', () => daemonSet('before'), 15_000);
    leader.signal('SIGSTOP');
    await until('the other to lead', () => leads(other), 30_000);
    const sinceMs = Date.now();
    await apply('meanwhile');
    await until('its DaemonSet', () => daemonSet('meanwhile'), 15_000);
    leader.signal('SIGCONT');
    expect(await leader.ended()).toBe(1);
    const late = (await plane.requestsOf(name)).filter((request) => isWrite(request) && request.atMs >= sinceMs);
    // The Lease is written over the version that was read alone: the API server refuses that.
    expect(late.filter(({ resource, code }) => resource !== 'leases' || code < 400)).toEqual([]);
    expect(await other.end('SIGTERM')).toBe(0);
    expect(await holder()).toBe('');
  }, 90_000);

  it('an API server that is killed and comes back is taken up where it was', async () => {
    const operator = started('third', await plane.kubeconfigOf('third'));
    await until('it to lead', () => leads(operator), 20_000);
    await plane.program('kube-apiserver').restart('SIGKILL');
    await plane.whenReady();
    await apply('after-restart');
    await until('a DaemonSet', () => daemonSet('after-restart'), 45_000);
    const end = operator.end('SIGTERM');
    // One that could not renew its Lease in time has ended before, as it should.
    expect([0, 1]).toContain(await end);
  }, 120_000);

  describe('behind a proxy that makes faults', () => {
    let proxy: FaultProxy;
    let operator: OperatorProcess;

    beforeAll(async () => {
      proxy = await FaultProxy.start(plane, 'fourth');
      operator = started('fourth', proxy.kubeconfig);
      await until('it to lead', () => leads(operator), 20_000);
      await apply('proxied');
      await until('a DaemonSet', () => daemonSet('proxied'), 15_000);
    }, 60_000);
    afterAll(async () => {
      await operator.end('SIGTERM');
      await proxy.stop();
    });
    const requests = async (sinceMs: number) =>
      (await plane.requestsOf('fourth')).filter(({ atMs }) => atMs >= sinceMs);

    it('a watch whose version is too old is listed anew, once', async () => {
      const sinceMs = Date.now();
      let refused = 0;
      proxy.faults = (_method, url) => {
        if (url.searchParams.get('watch') !== 'true' || !url.pathname.endsWith('docksnapmonitors') || refused > 0)
          return;
        refused++;
        return { status: 410, body: { kind: 'Status', code: 410, reason: 'Expired', message: 'too old' } };
      };
      proxy.cut();
      await until('the refusal', () => refused === 1, 30_000);
      await apply('after-410');
      await until('a DaemonSet', () => daemonSet('after-410'), 20_000);
      const lists = (await requests(sinceMs)).filter(
        ({ verb, resource }) => verb === 'list' && resource === 'docksnapmonitors',
      );
      expect(lists).toHaveLength(1);
    }, 60_000);

    it('an API server that asks to be left alone is left alone, and asked again then', async () => {
      const asked: number[] = [];
      proxy.faults = (method, url) => {
        if (method !== 'PATCH' || !url.pathname.includes('/daemonsets/') || asked.length > 2) return undefined;
        asked.push(Date.now());
        const body = { kind: 'Status', code: 429, reason: 'TooManyRequests', message: 'too many requests' };
        return { status: 429, headers: { 'retry-after': '2' }, body };
      };
      await apply('throttled');
      await until('a DaemonSet', () => daemonSet('throttled'), 30_000);
      const waits = asked.slice(1).map((atMs, index) => atMs - (asked[index] ?? 0));
      expect(waits).toHaveLength(2);
      for (const waitMs of waits) expect(waitMs).toBeGreaterThanOrEqual(1990);
    }, 60_000);

    it('rights that are taken are named, and used again when they are back', async () => {
      const body = { kind: 'Status', code: 403, reason: 'Forbidden', message: 'daemonsets.apps is forbidden' };
      proxy.faults = (method, url) =>
        method === 'PATCH' && url.pathname.includes('/daemonsets/') ? { status: 403, body } : undefined;
      await apply('forbidden');
      await until(
        'Forbidden',
        async () => (await condition('forbidden', 'Reconciled'))?.reason === 'Forbidden',
        20_000,
      );
      expect((await condition('forbidden', 'Reconciled'))?.message).toContain(
        "give the operator's ServiceAccount that right",
      );
      proxy.faults = () => undefined;
      await until('a DaemonSet', () => daemonSet('forbidden'), 20_000);
    }, 60_000);

    it('silence of the API server makes nobody give up', async () => {
      proxy.faults = () => 'silence';
      await apply('silent');
      await sleep(6000);
      proxy.faults = () => undefined;
      await until('a DaemonSet', () => daemonSet('silent'), 40_000);
    }, 60_000);
  });

  it('pods that Kubernetes does not make are explained, though no status tells why', async () => {
    await plane.apply({ apiVersion: 'v1', kind: 'Node', metadata: { name: 'node1', labels: { only: 'refused' } } });
    await plane.kubectl(['label', 'namespace', namespace, 'pod-security.kubernetes.io/enforce=restricted']);
    const operator = started('sixth', await plane.kubeconfigOf('sixth'));
    const available = (reason: string) =>
      until(
        reason,
        async () => {
          const found = await condition('refused', 'Available');
          return found?.reason === reason ? found : undefined;
        },
        90_000,
      );
    // By this annotation a pod asks for more than the level restricted allows.
    const annotations = { 'container.apparmor.security.beta.kubernetes.io/agent': 'unconfined' };
    const agent = { nodeSelector: { only: 'refused' }, podMetadata: { annotations } };
    await apply('refused', { agent });
    const missing = await available('MissingReference');
    expect(missing.message).toContain('serviceaccount "docksnap-agent" not found');
    await plane.kubectl(['create', 'serviceaccount', 'docksnap-agent', '-n', namespace]);
    const rejected = await available('PodSecurityRejected');
    expect(rejected).toMatchObject({ status: 'False', message: expect.stringContaining('violates PodSecurity') });
    expect(rejected.message).toContain('take away what the spec');
    await operator.end('SIGTERM');
  }, 240_000);

  it('Kubernetes below 1.33 is refused by name, and no agents are made', async () => {
    const proxy = await FaultProxy.start(plane, 'fifth');
    const old = { major: '1', minor: '32+', gitVersion: 'v1.32.9' };
    proxy.faults = (_method, url) => (url.pathname === '/version' ? { status: 200, body: old } : undefined);
    const operator = started('fifth', proxy.kubeconfig);
    await apply('too-early');
    const refused = await until(
      'UnsupportedKubernetes',
      async () => {
        const accepted = await condition('too-early', 'Accepted');
        return accepted?.reason === 'UnsupportedKubernetes' ? accepted : undefined;
      },
      30_000,
    );
    expect(refused).toMatchObject({ status: 'False', message: expect.stringContaining('v1.32.9') });
    expect(refused.message).toContain('1.33 or newer');
    expect(await daemonSet('too-early')).toBeUndefined();
    await operator.end('SIGTERM');
    await proxy.stop();
  }, 60_000);

  it('a namespace with monitors is gone, with the operator down', async () => {
    await plane.kubectl(['delete', 'namespace', namespace, '--wait=true', '--timeout=60s'], { timeoutMs: 90_000 });
    expect(await plane.kubectl(['get', 'daemonset,dsm', '-A', '-o', 'name'])).toBe('');
  }, 120_000);
});
