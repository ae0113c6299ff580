import { describe, expect, it } from '@jest/globals';
import { readFileSync, writeFileSync } from 'node:fs';
import { stringify } from 'yaml';
import type { DockSnapMonitorSpec } from '../generated/monitor.ts';
import { defaultSpec, sampleMonitor } from '../testing/sample-monitor.ts';
import { desiredDaemonSet } from './daemon-set.ts';

const defaults = {
  agentImage: 'docksnap/agent:0.1.0',
  agentImagePullPolicy: 'IfNotPresent',
  cadvisorImage: 'docksnap/cadvisor:0.38.7',
  apiUrl: 'https://docksnap-api.docksnap.svc',
} as const;

const everyField: DockSnapMonitorSpec = {
  ...defaultSpec,
  kubelet: { endpoints: ['Resource'], tlsVerification: 'Strict', caRef: { name: 'kubelet-ca', key: 'authority.pem' } },
  scrapeIntervalSeconds: 30,
  scrapeTimeoutSeconds: 20,
  cadvisorEvery: 2,
  metricGroups: ['CPU', 'Memory'],
  namespaces: { exclude: ['kube-system', 'batch'] },
  buffer: { limit: 1_073_741_824, maxAgeSeconds: 3600 },
  destination: { url: 'https://docksnap.example.com:8443', caRef: { name: 'company-ca', key: 'ca.crt' } },
  agent: {
    image: 'registry.example.com/docksnap/agent:1',
    imagePullSecrets: [{ name: 'registry' }],
    resources: { requests: { cpu: 1, memory: '128Mi' } },
    nodeSelector: { pool: 'web' },
    tolerations: [{ key: 'dedicated', operator: 'Equal', value: 'web', effect: 'NoSchedule' }],
    affinity: {
      nodeAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: {
          nodeSelectorTerms: [{ matchExpressions: [{ key: 'arch', operator: 'In', values: ['amd64'] }] }],
        },
      },
    },
    priorityClassName: 'system-node-critical',
    updateStrategy: { type: 'RollingUpdate', maxUnavailable: 2 },
    env: [{ name: 'HTTPS_PROXY', value: 'http://proxy:3128' }],
    podMetadata: { labels: { team: 'observability' }, annotations: { 'example.com/cost-centre': '42' } },
    logLevel: 'debug',
  },
};

/** UPDATE_GOLDEN=1 writes the files anew: read the difference before you commit it. */
function golden(name: string, actual: string): string {
  const file = new URL(`golden/${name}.yaml`, import.meta.url);
  if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(file, actual);
  return readFileSync(file, 'utf8');
}

describe('the DaemonSet of a monitor', () => {
  it.each([
    ['with an empty spec', 'empty-spec', {}],
    ['with every field set', 'every-field', everyField],
    ['whose agents are replaced by hand', 'on-delete', onDelete()],
    ['whose source is cAdvisor', 'cadvisor', ofCadvisor()],
  ])('%s is as its golden file', (_sentence, name, spec) => {
    const actual = stringify(desiredDaemonSet(sampleMonitor(spec), defaults), {
      lineWidth: 0,
      aliasDuplicateObjects: false,
    });
    expect(actual).toBe(golden(name, actual));
  });

  it('is the same for namespaces and pages in another order, so that nothing is rolled', () => {
    const one = sampleMonitor({ namespaces: { include: ['a', 'b'] } });
    const other = sampleMonitor({
      namespaces: { include: ['b', 'a'] },
      kubelet: { endpoints: ['CAdvisor', 'Resource'], tlsVerification: 'Auto' },
    });
    expect(desiredDaemonSet(other, defaults)).toEqual(desiredDaemonSet(one, defaults));
  });

  it('leaves a variable to the admin that it would set itself', () => {
    const env = [{ name: 'MALLOC_ARENA_MAX', value: '4' }];
    const desired = desiredDaemonSet(sampleMonitor({ agent: { ...defaultSpec.agent, env } }), defaults);
    const set = desired.spec?.template.spec?.containers[0]?.env?.filter(({ name }) => name === 'MALLOC_ARENA_MAX');
    expect(set).toEqual(env);
  });

  it("owns no annotation of the pods unless the monitor sets one, so `kubectl rollout restart`'s stays", () => {
    const template = desiredDaemonSet(sampleMonitor(), defaults).spec?.template;
    expect(template?.metadata).not.toHaveProperty('annotations');
  });
});

function onDelete(): Partial<DockSnapMonitorSpec> {
  return { agent: { ...defaultSpec.agent, updateStrategy: { type: 'OnDelete' } } };
}

function ofCadvisor(): Partial<DockSnapMonitorSpec> {
  return { source: { type: 'CAdvisor' } };
}
