import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ApiextensionsV1Api, PatchStrategy, setHeaderOptions } from '@kubernetes/client-node';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import * as z from 'zod';
import { defaultSpec } from './testing/sample-monitor.ts';
import { TestNamespace, kubeConfig, refusalOf } from './testing/test-cluster.ts';

const kept = z.object({ spec: z.record(z.string(), z.unknown()) });

/** The schema with each bound that the cost of a CEL rule is estimated by twice as high. */
function doubled(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(doubled);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inside]: [string, unknown]) => {
      const isBound = ['maxItems', 'maxLength', 'maxProperties'].includes(name) && typeof inside === 'number';
      return [name, isBound ? inside * 2 : doubled(inside)];
    }),
  );
}

describe('the API server and DockSnapMonitor', () => {
  let namespace: TestNamespace;

  beforeAll(async () => {
    namespace = await TestNamespace.make('crd');
  });
  afterAll(async () => {
    await namespace.remove();
  });

  const tried = (spec: unknown, name = 'tried'): Promise<unknown> => namespace.monitor(name, spec, true);

  it.each([
    ['an empty spec', {}],
    ['no spec at all', undefined],
  ])('fill in every default of %s', async (_sentence, spec) => {
    expect(kept.parse(await tried(spec)).spec).toEqual(defaultSpec);
  });

  it.each([
    ['the shortest interval', { scrapeIntervalSeconds: 5 }],
    ['the longest interval', { scrapeIntervalSeconds: 300 }],
    ['a timeout as long as the interval', { scrapeIntervalSeconds: 20, scrapeTimeoutSeconds: 20 }],
    ['the smallest buffer', { buffer: { limit: '16Mi' } }],
    ['the largest buffer', { buffer: { limit: '16Gi' } }],
    ['a buffer in bytes', { buffer: { limit: 33_554_432 } }],
    ['namespaces to include', { namespaces: { include: ['shop'] } }],
    ['namespaces to exclude', { namespaces: { exclude: ['kube-system'] } }],
    ['an API elsewhere', { destination: { url: 'https://docksnap.example.com:8443' } }],
    ['a share of nodes at a time', { agent: { updateStrategy: { maxUnavailable: '100%' } } }],
    ['one node at a time', { agent: { updateStrategy: { maxUnavailable: 1 } } }],
    ['agents replaced by hand', { agent: { updateStrategy: { type: 'OnDelete' } } }],
    ['a proxy', { agent: { env: [{ name: 'HTTPS_PROXY', value: 'http://proxy:3128' }] } }],
    ['a past that goes with the monitor', { deletionPolicy: 'Purge' }],
    ['samples of cAdvisor', { source: { type: 'CAdvisor' } }],
    ['a cAdvisor of your own', { source: { type: 'CAdvisor', cadvisor: { image: 'cadvisor:1', port: 1024 } } }],
    ['figures of two groups', { metricGroups: ['CPU', 'Memory'] }],
    [
      'a kubelet checked strictly by an authority of its own',
      { kubelet: { tlsVerification: 'Strict', caRef: { name: 'ca' } } },
    ],
    [
      'a taint that is tolerated',
      { agent: { tolerations: [{ key: 'dedicated', value: 'web', effect: 'NoSchedule' }] } },
    ],
    [
      'a toleration for an hour',
      { agent: { tolerations: [{ operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 3600 }] } },
    ],
    [
      'a request as high as its limit',
      { agent: { resources: { requests: { memory: '1Gi' }, limits: { memory: '1Gi' } } } },
    ],
    ['a node label of a domain', { agent: { nodeSelector: { 'example.com/pool': 'web' } } }],
    ['an annotation of the pods', { agent: { podMetadata: { annotations: { 'linkerd.io/inject': 'disabled' } } } }],
    ['another image', { agent: { image: 'registry.example.com/docksnap/agent:1' } }],
  ])('accept %s', async (_sentence, spec) => {
    expect(kept.parse(await tried(spec)).spec).toMatchObject(spec);
  });

  it('accept a name of 45 characters', async () => {
    await tried({}, 'm'.repeat(45));
  });

  it('refuse a name of 46 characters, and say why', async () => {
    const said = await refusalOf(tried({}, 'm'.repeat(46)));
    expect(said).toContain('metadata.name must be at most 45 characters');
  });

  const both = { include: ['shop'], exclude: ['batch'] };
  const env = [{ name: 'DOCKSNAP_SPOOL_DIR', value: '/tmp' }];
  const onDelete = { type: 'OnDelete', maxUnavailable: 1 };

  it.each([
    ['an interval below 5 s', { scrapeIntervalSeconds: 4 }, 'greater than or equal to 5'],
    ['an interval above 300 s', { scrapeIntervalSeconds: 301 }, 'less than or equal to 300'],
    [
      'a timeout longer than the interval',
      { scrapeIntervalSeconds: 10, scrapeTimeoutSeconds: 11 },
      'scrapeTimeoutSeconds must not be longer than scrapeIntervalSeconds',
    ],
    ['no big page for more than 60 scrapes', { cadvisorEvery: 61 }, 'less than or equal to 60'],
    ['an unknown state', { managementState: 'Stopped' }, 'supported values: "Managed", "Paused"'],
    ['an unknown source', { source: { type: 'Docker' } }, 'supported values: "Kubelet", "CAdvisor"'],
    [
      "a cAdvisor at the agent's own port",
      { source: { type: 'CAdvisor', cadvisor: { port: 8081 } } },
      "8081 is the agent's own port",
    ],
    ['no page at all', { kubelet: { endpoints: [] } }, 'should have at least 1 items'],
    ['an unknown page', { kubelet: { endpoints: ['Summary'] } }, 'supported values: "Resource", "CAdvisor"'],
    ['the same page twice', { kubelet: { endpoints: ['Resource', 'Resource'] } }, 'Duplicate value'],
    ['namespaces both included and excluded', { namespaces: both }, 'set include or exclude, not both'],
    ['a buffer below 16 MiB', { buffer: { limit: '15Mi' } }, 'must be a quantity from 16Mi to 16Gi, such as 256Mi'],
    ['a buffer above 16 GiB', { buffer: { limit: '17Gi' } }, 'must be a quantity from 16Mi to 16Gi, such as 256Mi'],
    ['a buffer that is no quantity', { buffer: { limit: 'much' } }, 'must be a quantity from 16Mi to 16Gi'],
    ['an API by plain http', { destination: { url: 'http://docksnap.example.com' } }, 'must be an https URL'],
    ['an API that is no URL', { destination: { url: 'docksnap.example.com' } }, 'must be an https URL'],
    ['a destination without a URL', { destination: {} }, 'Required value'],
    ['variables of the operator', { agent: { env } }, 'names that start with DOCKSNAP_ are set by the operator'],
    [
      'maxUnavailable when agents are replaced by hand',
      { agent: { updateStrategy: onDelete } },
      'maxUnavailable belongs to the type RollingUpdate',
    ],
    [
      'a rollout that never starts',
      { agent: { updateStrategy: { maxUnavailable: 0 } } },
      'must be a number from 1 or a share from 1% to 100%',
    ],
    [
      'a rollout of more than all nodes',
      { agent: { updateStrategy: { maxUnavailable: '101%' } } },
      'must be a number from 1 or a share from 1% to 100%',
    ],
    [
      "labels of the operator's",
      { agent: { podMetadata: { labels: { 'app.kubernetes.io/name': 'other' } } } },
      'labels of app.kubernetes.io/ are set by the operator',
    ],
    ['no figures', { metricGroups: [] }, 'should have at least 1 items'],
    ['unknown figures', { metricGroups: ['GPU'] }, 'supported values: "CPU", "Memory", "Network"'],
    ['figures twice', { metricGroups: ['CPU', 'CPU'] }, 'Duplicate value'],
    ['an interval that is no number', { scrapeIntervalSeconds: '10s' }, 'must be of type integer'],
    ['a namespace that cannot be', { namespaces: { include: ['Shop/1'] } }, 'should match'],
    [
      'a password in a URL',
      { destination: { url: 'https://me:secret@api.example.com' } },
      'no user, path, query or fragment',
    ],
    [
      'a path in a URL',
      { destination: { url: 'https://api.example.com/docksnap' } },
      'no user, path, query or fragment',
    ],
    [
      'a query in a URL',
      { destination: { url: 'https://api.example.com?token=1' } },
      'no user, path, query or fragment',
    ],
    [
      'a toleration of nothing',
      { agent: { tolerations: [{ value: 'web' }] } },
      'a toleration without a key needs operator Exists',
    ],
    [
      'a value that nothing is compared with',
      { agent: { tolerations: [{ key: 'a', operator: 'Exists', value: 'b' }] } },
      'value belongs to operator Equal',
    ],
    [
      'seconds for a taint that evicts nobody',
      { agent: { tolerations: [{ key: 'a', operator: 'Exists', effect: 'NoSchedule', tolerationSeconds: 5 }] } },
      'tolerationSeconds belongs to effect NoExecute',
    ],
    [
      'a limit that is no quantity',
      { agent: { resources: { limits: { memory: 'lots' } } } },
      'must be a quantity of 0 or more',
    ],
    ['a negative request', { agent: { resources: { requests: { cpu: '-1' } } } }, 'must be a quantity of 0 or more'],
    [
      'a request above its limit',
      { agent: { resources: { requests: { memory: '1Gi' }, limits: { memory: '192Mi' } } } },
      'a request must not be above the limit of the same name',
    ],
    ['a node label that cannot be', { agent: { nodeSelector: { 'two words': 'x' } } }, "each key must be a label's"],
    [
      'a pod label that cannot be',
      { agent: { podMetadata: { labels: { 'a b': 'x' } } } },
      "each key must be a label's",
    ],
    [
      'a pod annotation that cannot be',
      { agent: { podMetadata: { annotations: { 'a b': 'x' } } } },
      "each key must be an annotation's",
    ],
    ['an image with a blank', { agent: { image: 'agent; rm -rf /' } }, 'should match'],
    ['a variable with a blank', { agent: { env: [{ name: 'A B', value: '' }] } }, 'should match'],
    [
      'a variable twice',
      {
        agent: {
          env: [
            { name: 'A', value: '' },
            { name: 'A', value: '' },
          ],
        },
      },
      'Duplicate value',
    ],
    ['an unknown end', { deletionPolicy: 'Delete' }, 'supported values: "Retain", "Purge"'],
    [
      'a past that would have to go elsewhere',
      { deletionPolicy: 'Purge', destination: { url: 'https://docksnap.example.com' } },
      'deletionPolicy Purge reaches only the API that was installed with the operator',
    ],
    [
      'a cAdvisor for what the kubelet gives',
      { source: { type: 'Kubelet', cadvisor: { image: 'cadvisor:1' } } },
      'cadvisor belongs to the type CAdvisor',
    ],
    [
      'a port for the privileged',
      { source: { type: 'CAdvisor', cadvisor: { port: 80 } } },
      'greater than or equal to 1024',
    ],
    [
      'a port that there is not',
      { source: { type: 'CAdvisor', cadvisor: { port: 65_536 } } },
      'less than or equal to 65535',
    ],
    [
      'a cAdvisor with a limit that is no quantity',
      { source: { type: 'CAdvisor', cadvisor: { resources: { limits: { memory: 'lots' } } } } },
      'must be a quantity of 0 or more',
    ],
    ['a field that it does not know', { scrapeEvery: 5 }, 'unknown field "spec.scrapeEvery"'],
  ])('refuse %s, and say what is allowed', async (_sentence, spec, words) => {
    expect(await refusalOf(tried(spec))).toContain(words);
  });

  it('keep the rules affordable even if every bound were twice as high', async () => {
    const definition: unknown = parse(
      readFileSync(new URL('../../crds/docksnapmonitors.yaml', import.meta.url), 'utf8'),
    );
    const answer: unknown = await kubeConfig.makeApiClient(ApiextensionsV1Api).patchCustomResourceDefinition(
      {
        name: 'docksnapmonitors.docksnap.io',
        body: doubled(definition),
        dryRun: 'All',
        fieldManager: 'a-test',
        force: true,
      },
      setHeaderOptions('Content-Type', PatchStrategy.ServerSideApply),
    );
    expect(answer).toMatchObject({ kind: 'CustomResourceDefinition' });
  });
});
