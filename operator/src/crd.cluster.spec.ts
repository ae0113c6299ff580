import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { defaultSpec } from './testing/sample-monitor.ts';
import { TestNamespace, refusalOf } from './testing/test-cluster.ts';

const kept = z.object({ spec: z.record(z.string(), z.unknown()) });

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
    ['the longest cluster name', { clusterName: 'c'.repeat(63) }],
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
    ['an unknown source', { source: { type: 'Docker' } }, 'supported values: "Kubelet"'],
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
    ['a cluster name in capitals', { clusterName: 'Berlin' }, 'should match'],
    ['a cluster name of 64 characters', { clusterName: 'c'.repeat(64) }, 'may not be more than 63'],
    ['a field that it does not know', { scrapeEvery: 5 }, 'unknown field "spec.scrapeEvery"'],
  ])('refuse %s, and say what is allowed', async (_sentence, spec, words) => {
    expect(await refusalOf(tried(spec))).toContain(words);
  });

  describe('once a cluster name is set', () => {
    const patch = (spec: unknown): Promise<unknown> => namespace.patchMonitor('named', spec);

    beforeAll(async () => {
      await namespace.monitor('named', {});
      await patch({ clusterName: 'berlin' });
    });

    it.each([
      ['another', 'hamburg'],
      ['none', null],
    ])('refuse %s', async (_sentence, clusterName) => {
      expect(await refusalOf(patch({ clusterName }))).toContain('clusterName cannot be changed once set');
    });

    it('accept other changes', async () => {
      const { spec } = kept.parse(await patch({ scrapeIntervalSeconds: 20 }));
      expect(spec).toMatchObject({ clusterName: 'berlin', scrapeIntervalSeconds: 20 });
    });
  });
});
