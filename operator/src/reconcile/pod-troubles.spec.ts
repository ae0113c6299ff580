import { describe, expect, it } from '@jest/globals';
import { daemonSetSchema, podSchema } from '../observed/objects.ts';
import { sampleMonitor } from '../testing/sample-monitor.ts';
import { PodTroubles, mountProblemOf, rejectionOf } from './pod-troubles.ts';

const security =
  'Error creating: pods "m-agent-x7k2p" is forbidden: violates PodSecurity "restricted:latest": host namespaces (hostNetwork=true)';

describe('a note of the DaemonSet controller', () => {
  it.each([
    [security, 'PodSecurityRejected'],
    [
      'Error creating: pods "m-agent-" is forbidden: error looking up service account ns/docksnap-agent: serviceaccount "docksnap-agent" not found',
      'MissingReference',
    ],
    ['Error creating: pods "m-agent-" is forbidden: no PriorityClass with name high was found', 'MissingReference'],
    ['Error creating: pods "m-agent-a" is forbidden: exceeded quota: small, requested: pods=1', 'PodsRejected'],
    ['Error creating: admission webhook "policy.example.com" denied the request: no', 'PodsRejected'],
  ])('%s is %s', (note, reason) => {
    expect(rejectionOf(note, 'm-agent').reason).toBe(reason);
  });

  it('says what cAdvisor takes, when that is what is refused', () => {
    const hostPath = security.replace(
      /violates PodSecurity.*$/,
      'violates PodSecurity "restricted:latest": restricted volume types (volume "cgroups" uses restricted volume type "hostPath")',
    );
    expect(rejectionOf(hostPath, 'm-agent')).toMatchObject({
      reason: 'PodSecurityRejected',
      message: expect.stringContaining('pod-security.kubernetes.io/enforce=privileged'),
    });
  });

  it('reads the same from try to try', () => {
    expect(rejectionOf(security, 'm-agent')).toEqual(rejectionOf(security.replace('x7k2p', 'aaaaa'), 'm-agent'));
  });
});

describe("a kubelet's note about a volume", () => {
  it.each([
    [
      'MountVolume.SetUp failed for volume "api-ca" : configmap "company-ca" not found',
      'configmap "company-ca" not found',
    ],
    [
      'MountVolume.SetUp failed for volume "kubelet" : references non-existent config key: ca.pem',
      'config key: ca.pem',
    ],
    ['MountVolume.SetUp failed for volume "spool" : disk is full', undefined],
  ])('%s', (note, words) => {
    const problem = mountProblemOf(note, 'p');
    if (words !== undefined) expect(problem?.reason).toBe('MissingReference');
    expect(problem?.message ?? '').toContain(words ?? '');
    expect(problem === undefined).toBe(words === undefined);
  });
});

describe('troubles of pods', () => {
  const monitor = sampleMonitor();
  const metadata = { name: 'm-agent', uid: 'u', resourceVersion: '1', creationTimestamp: '' };
  const daemonSet = daemonSetSchema.parse({ metadata, status: { desiredNumberScheduled: 1 } });
  const running = podSchema.parse({ metadata, spec: { nodeName: 'n' }, status: { phase: 'Running' } });

  function asked() {
    const questions: string[] = [];
    const newest = (_about: unknown, reason: string): Promise<string> => {
      questions.push(reason);
      return Promise.resolve(security);
    };
    return { questions, troubles: new PodTroubles({ newest }) };
  }

  it('ask nothing while each node has its pod', async () => {
    const { questions, troubles } = asked();
    for (const seconds of [0, 60, 120]) await troubles.of(monitor, { daemonSet, pods: [running] }, seconds * 1000);
    expect(questions).toEqual([]);
  });

  it('ask once in a while when pods are lacking for longer than it takes to make them', async () => {
    const { questions, troubles } = asked();
    const found = [];
    for (const seconds of [0, 5, 10, 15, 20, 26]) {
      found.push((await troubles.of(monitor, { daemonSet, pods: [] }, seconds * 1000))?.reason);
    }
    expect(found).toEqual([undefined, undefined, ...Array<string>(4).fill('PodSecurityRejected')]);
    expect(questions).toEqual(['FailedCreate', 'FailedCreate']);
  });

  it('are over when the pod is there', async () => {
    const { troubles } = asked();
    for (const seconds of [0, 10]) await troubles.of(monitor, { daemonSet, pods: [] }, seconds * 1000);
    expect(await troubles.of(monitor, { daemonSet, pods: [running] }, 11_000)).toBeUndefined();
  });
});
