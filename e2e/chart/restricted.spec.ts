import { beforeAll, describe, expect, it } from '@jest/globals';
import { objectsOf, render } from './render.ts';
import { podOf, violations } from './restricted.ts';
import { HELM_TIMEOUT_MS, variants } from './values.ts';

const good = {
  securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
  volumes: [{ name: 'spool', emptyDir: {} }],
  containers: [
    { name: 'agent', securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } } },
  ],
};

describe('the check for restricted pods', () => {
  it.each([
    ['nothing in a good pod', {}, []],
    ['the network of the node', { hostNetwork: true }, ['hostNetwork']],
    ['a path of the node', { volumes: [{ name: 'root', hostPath: { path: '/' } }] }, ['volume root']],
    ['user 0', { securityContext: { ...good.securityContext, runAsUser: 0 } }, ['agent must not be user 0']],
    ['sysctls', { securityContext: { ...good.securityContext, sysctls: [] } }, ['pod sysctls']],
    [
      'what a pod does not say',
      { securityContext: {} },
      ['agent must not run as root', 'agent must have a seccomp profile'],
    ],
    [
      'a privileged container before the others',
      { initContainers: [{ name: 'init', securityContext: { privileged: true } }] },
      ['init must not escalate', 'init must drop ALL', 'init privileged'],
    ],
    [
      'a port of the node and a capability',
      {
        containers: [
          {
            name: 'agent',
            ports: [{ hostPort: 80 }],
            securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'], add: ['NET_RAW'] } },
          },
        ],
      },
      ['agent must not open a port of the node', 'agent capabilities.add'],
    ],
  ])('finds %s', (_sentence, wrong, words) => {
    const spec = podOf({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'x' }, spec: { ...good, ...wrong } });
    expect(spec === undefined ? undefined : violations(spec)).toEqual(words);
  });
});

describe.each(Object.values(variants))('the chart $sentence', ({ values }) => {
  let pods: NonNullable<ReturnType<typeof podOf>>[] = [];

  beforeAll(async () => {
    pods = objectsOf(await render(values))
      .map(podOf)
      .filter((one) => one !== undefined);
  }, HELM_TIMEOUT_MS);

  it('runs restricted pods alone', () => {
    expect(pods.length).toBeGreaterThanOrEqual(3);
    expect(pods.flatMap(violations)).toEqual([]);
  });

  it('mounts no token unasked and writes to no root file system', () => {
    for (const spec of pods) {
      expect(spec['automountServiceAccountToken']).toBe(false);
      for (const { securityContext } of spec.containers) expect(securityContext['readOnlyRootFilesystem']).toBe(true);
    }
  });
});
