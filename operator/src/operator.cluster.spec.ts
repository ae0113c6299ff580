import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AppsV1Api, CoordinationV1Api, EventsV1Api, PatchStrategy, setHeaderOptions } from '@kubernetes/client-node';
import type { V1DaemonSet } from '@kubernetes/client-node';
import { setTimeout as sleep } from 'node:timers/promises';
import { OperatorProcess } from './testing/operator-process.ts';
import { TestNamespace, kubeConfig } from './testing/test-cluster.ts';
import { until } from './testing/until.ts';

const apps = kubeConfig.makeApiClient(AppsV1Api);
const mergePatch = setHeaderOptions('Content-Type', PatchStrategy.MergePatch);
const restartedAt = 'kubectl.kubernetes.io/restartedAt';

describe('the operator on a real API server', () => {
  let namespace: TestNamespace;
  let operator: OperatorProcess;

  beforeAll(async () => {
    namespace = await TestNamespace.make('reconcile');
    operator = new OperatorProcess({ namespace: namespace.name, identity: 'first' });
    await until('the operator to lead', () => operator.output.includes('"leading"'), 15_000);
  }, 30_000);
  afterAll(async () => {
    await operator.end('SIGKILL');
    await namespace.remove();
  });

  async function daemonSet(monitor: string): Promise<V1DaemonSet | undefined> {
    const { items } = await apps.listNamespacedDaemonSet({ namespace: namespace.name });
    return items.find(({ metadata }) => metadata?.name === `${monitor}-agent`);
  }
  async function patchDaemonSet(monitor: string, body: unknown): Promise<void> {
    await apps.patchNamespacedDaemonSet({ name: `${monitor}-agent`, namespace: namespace.name, body }, mergePatch);
  }
  const podOf = (found: V1DaemonSet | undefined) => found?.spec?.template.spec;
  const envOf = (found: V1DaemonSet | undefined, name: string): string | undefined =>
    podOf(found)?.containers[0]?.env?.find((one) => one.name === name)?.value;
  async function reasonsOfEvents(): Promise<(string | undefined)[]> {
    const { items } = await kubeConfig.makeApiClient(EventsV1Api).listNamespacedEvent({ namespace: namespace.name });
    return items.map(({ reason }) => reason);
  }
  /** A monitor of no node: those of the same nodes would overlap. */
  async function made(name: string): Promise<V1DaemonSet> {
    await namespace.monitor(name, { agent: { nodeSelector: { only: name } } });
    return until('a DaemonSet', () => daemonSet(name));
  }
  const conditionOf = async (name: string, type: string) =>
    (await namespace.statusOf(name)).conditions?.find((condition) => condition.type === type);

  it('makes the agents of an empty spec within 2 seconds, owned by the monitor, and tells so', async () => {
    const startedMs = performance.now();
    await namespace.monitor('empty', {});
    const found = await until('a DaemonSet', () => daemonSet('empty'));
    expect(performance.now() - startedMs).toBeLessThan(2000);
    expect(found.metadata?.ownerReferences).toMatchObject([
      { kind: 'DockSnapMonitor', name: 'empty', controller: true },
    ]);
    await until('an event', async () => (await reasonsOfEvents()).includes('Created'));
  });

  it('lets the older of two monitors of the same nodes keep them, and names both', async () => {
    await namespace.monitor('younger', {});
    const accepted = (name: string) => conditionOf(name, 'Accepted');
    await until('OverlappingMonitor', async () => (await accepted('younger'))?.reason === 'OverlappingMonitor');
    const younger = await accepted('younger');
    expect(younger).toMatchObject({ status: 'False', message: expect.stringContaining(`${namespace.name}/empty`) });
    expect(younger?.message).toContain('select other nodes');
    expect(await daemonSet('younger')).toBeUndefined();
    await until('the older to name the younger', async () => {
      const older = await accepted('empty');
      return older?.status === 'True' && older.message.includes(`${namespace.name}/younger`);
    });
    expect((await conditionOf('younger', 'Ready'))?.reason).toBe('OverlappingMonitor');
  }, 20_000);

  it('takes the agents away from one that comes to overlap, and gives them back when the older is gone', async () => {
    await made('moving');
    await namespace.patchMonitor('moving', { agent: { nodeSelector: { only: null } } });
    await until('no DaemonSet', async () => (await daemonSet('moving')) === undefined, 30_000);
    await until('an event', async () => (await reasonsOfEvents()).includes('OverlappingMonitor'));
    await namespace.deleteMonitor('younger');
    await namespace.deleteMonitor('empty');
    await until('its DaemonSet', () => daemonSet('moving'), 15_000);
    await until('Accepted', async () => (await conditionOf('moving', 'Accepted'))?.status === 'True');
    await namespace.deleteMonitor('moving');
  }, 60_000);

  it('writes a status that says what is and what is not', async () => {
    await made('status');
    const status = await until('a status', async () => {
      const now = await namespace.statusOf('status');
      return now.observedGeneration === 1 ? now : undefined;
    });
    expect(status.daemonSetName).toBe('status-agent');
    expect(status.nodes).toMatchObject({ ready: 0, reporting: 0 });
    const conditions = (status.conditions ?? []).map(({ type, status: is }) => [type, is]);
    expect(conditions.slice(0, 5)).toEqual([
      ['Accepted', 'True'],
      ['Reconciled', 'True'],
      ['Available', 'False'],
      ['DataFlowing', expect.stringMatching('False|Unknown')],
      ['Ready', 'False'],
    ]);
    await until(
      'the API named as unreachable',
      async () => {
        return (await conditionOf('status', 'DataFlowing'))?.reason === 'DestinationUnreachable';
      },
      15_000,
    );
  }, 25_000);

  it('repairs what a hand changed within 5 seconds, and tells so', async () => {
    await made('drift');
    await patchDaemonSet('drift', {
      spec: { template: { spec: { nodeSelector: { only: 'other' }, hostNetwork: true } } },
    });
    await until('the node selector as it should be', async () => {
      return podOf(await daemonSet('drift'))?.nodeSelector?.['only'] === 'drift';
    });
    // A field of which the operator says nothing is the other hand's.
    expect(podOf(await daemonSet('drift'))?.hostNetwork).toBe(true);
    await until('an event', async () => (await reasonsOfEvents()).includes('DriftCorrected'));
  }, 15_000);

  it('repairs what others change for a while, and names whom it fights with', async () => {
    await made('fought');
    const grab = (value: string) =>
      apps.patchNamespacedDaemonSet(
        {
          name: 'fought-agent',
          namespace: namespace.name,
          body: { spec: { template: { spec: { nodeSelector: { 'kubernetes.io/os': value } } } } },
          fieldManager: 'the-rival',
        },
        mergePatch,
      );
    const selected = async () => podOf(await daemonSet('fought'))?.nodeSelector?.['kubernetes.io/os'];
    await namespace.patchMonitor('fought', { agent: { nodeSelector: { 'kubernetes.io/os': 'linux' } } });
    await until('the selector', async () => (await selected()) === 'linux');
    for (let round = 1; round <= 5; round++) {
      await grab(`other${round}`);
      await until('the selector as it should be', async () => (await selected()) === 'linux');
    }
    const conflict = await until('ApplyConflict', async () => {
      const condition = await conditionOf('fought', 'Reconciled');
      return condition?.reason === 'ApplyConflict' ? condition : undefined;
    });
    expect(conflict).toMatchObject({ status: 'False', message: expect.stringContaining('"the-rival"') });
    expect(conflict.message).toContain('nodeSelector');
    expect(conflict.message).toContain('managementState');
    await until('an event', async () => (await reasonsOfEvents()).includes('ApplyConflict'));
  }, 40_000);

  it("leaves a fight's fields alone for a while once it is one", async () => {
    const grab = { spec: { template: { spec: { nodeSelector: { 'kubernetes.io/os': 'theirs' } } } } };
    await patchDaemonSet('fought', grab);
    await sleep(6000);
    expect(podOf(await daemonSet('fought'))?.nodeSelector?.['kubernetes.io/os']).toBe('theirs');
  }, 20_000);

  it('repairs labels and an owner that were taken off', async () => {
    await made('labels');
    await patchDaemonSet('labels', {
      metadata: { ownerReferences: null, labels: { 'app.kubernetes.io/part-of': null } },
    });
    await until('owner and label', async () => {
      const metadata = (await daemonSet('labels'))?.metadata;
      return metadata?.ownerReferences?.length === 1 && metadata.labels?.['app.kubernetes.io/part-of'] === 'docksnap';
    });
  }, 15_000);

  it('makes a DaemonSet again that was deleted', async () => {
    const before = await made('again');
    await apps.deleteNamespacedDaemonSet({ name: 'again-agent', namespace: namespace.name });
    await until('another DaemonSet', async () => {
      const now = await daemonSet('again');
      return now !== undefined && now.metadata?.uid !== before.metadata?.uid;
    });
  }, 15_000);

  it('rolls the agents when the monitor is edited, and leaves `kubectl rollout restart` its mark', async () => {
    await made('edited');
    await patchDaemonSet('edited', { spec: { template: { metadata: { annotations: { [restartedAt]: 'now' } } } } });
    await namespace.patchMonitor('edited', { scrapeIntervalSeconds: 20 });
    await until('the new interval', async () => {
      return envOf(await daemonSet('edited'), 'DOCKSNAP_SCRAPE_INTERVAL_SECONDS') === '20';
    });
    expect((await daemonSet('edited'))?.spec?.template.metadata?.annotations?.[restartedAt]).toBe('now');
    await until('an event', async () => (await reasonsOfEvents()).includes('Updated'));
    await until('the status to follow', async () => (await namespace.statusOf('edited')).observedGeneration === 2);
  }, 20_000);

  it('leaves everything as it is while paused, says so, and catches up afterwards', async () => {
    await made('paused');
    await namespace.patchMonitor('paused', { managementState: 'Paused', scrapeIntervalSeconds: 30 });
    await until('Paused in the status', async () => (await conditionOf('paused', 'Reconciled'))?.reason === 'Paused');
    await sleep(1000);
    expect(envOf(await daemonSet('paused'), 'DOCKSNAP_SCRAPE_INTERVAL_SECONDS')).toBe('10');
    await namespace.patchMonitor('paused', { managementState: 'Managed' });
    await until('the interval', async () => {
      return envOf(await daemonSet('paused'), 'DOCKSNAP_SCRAPE_INTERVAL_SECONDS') === '30';
    });
  }, 20_000);

  it("does not touch another's DaemonSet of the same name, and says so", async () => {
    const labels = { app: 'other' };
    const template = {
      metadata: { labels },
      spec: { containers: [{ name: 'other', image: 'localhost/none' }], nodeSelector: { no: 'node' } },
    };
    await apps.createNamespacedDaemonSet({
      namespace: namespace.name,
      body: { metadata: { name: 'taken-agent' }, spec: { selector: { matchLabels: labels }, template } },
    });
    await namespace.monitor('taken', { agent: { nodeSelector: { only: 'taken' } } });
    await until('NameTaken in the status', async () => (await conditionOf('taken', 'Ready'))?.reason === 'NameTaken');
    expect(podOf(await daemonSet('taken'))?.containers[0]?.name).toBe('other');
  }, 15_000);

  it('writes nothing while nothing changes', async () => {
    await made('still');
    await until('a status', async () => (await namespace.statusOf('still')).observedGeneration === 1);
    // Longer than any period of the operator: it asks the API each 10 s.
    await sleep(11_000);
    const versions = async () => [
      await namespace.versionOf('still'),
      (await daemonSet('still'))?.metadata?.resourceVersion,
    ];
    const before = await versions();
    await sleep(11_000);
    expect(await versions()).toEqual(before);
  }, 40_000);

  it('takes the agents with it when the monitor is deleted', async () => {
    await made('deleted');
    await namespace.deleteMonitor('deleted');
    await until('no DaemonSet', async () => (await daemonSet('deleted')) === undefined, 60_000);
  }, 70_000);

  it('has another take over within 20 seconds when it is killed, which lets the Lease go at SIGTERM', async () => {
    const standby = new OperatorProcess({ namespace: namespace.name, identity: 'second' });
    await until('the standby to run', () => standby.output.includes('"started"'), 15_000);
    await sleep(3000);
    expect(standby.output).not.toContain('"leading"');
    await operator.end('SIGKILL');
    const killedMs = performance.now();
    operator = standby;
    await namespace.monitor('orphan', { agent: { nodeSelector: { only: 'orphan' } } });
    await until('a DaemonSet', () => daemonSet('orphan'), 25_000);
    expect(performance.now() - killedMs).toBeLessThan(20_000);
    expect(await operator.end('SIGTERM')).toBe(0);
    const lease = await kubeConfig
      .makeApiClient(CoordinationV1Api)
      .readNamespacedLease({ name: 'docksnap-operator', namespace: namespace.name });
    expect(lease.spec?.holderIdentity).toBe('');
  }, 70_000);
});
