import { beforeAll, describe, expect, it } from '@jest/globals';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import * as z from 'zod';
import { CHECKOUT } from '../cluster/paths.ts';
import { run } from '../cluster/process.ts';
import type { Rendered } from './render.ts';
import { chart, helm, objectsOf, render } from './render.ts';

const minute = 60_000;
/** Every branch that values choose. */
const elaborate = {
  watchNamespaces: ['team-b', 'team-a'],
  clusterName: 'production',
  imagePullSecrets: [{ name: 'registry' }],
  mongodb: { uriSecret: { name: 'mongodb' } },
  api: { tls: { secretName: 'own-certificate' }, publicOrigins: ['https://docksnap.example.com'] },
  operator: { replicas: 1, nodeSelector: { role: 'infra' }, podLabels: { team: 'platform' } },
};

function golden(name: string, actual: string): string {
  const file = join(import.meta.dirname, 'golden', `${name}.yaml`);
  mkdirSync(dirname(file), { recursive: true });
  if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(file, actual);
  return readFileSync(file, 'utf8');
}

describe('the chart', () => {
  beforeAll(async () => {
    await helm(['version']);
  }, 10 * minute);

  it.each([
    ['with its own values', 'default', {}],
    ['with every branch taken', 'elaborate', elaborate],
  ])('renders %s as its golden file, twice alike', async (_sentence, name, values) => {
    const [once, again] = [await render(values), await render(values)];
    expect(again).toBe(once);
    expect(once).toBe(golden(name, once));
  });

  it('passes the strict linter', async () => {
    expect(await helm(['lint', '--strict', chart])).toContain('0 chart(s) failed');
  });

  it.each([
    ['a value that nobody knows', { replicas: 3 }, 'replicas'],
    ['a nested one', { api: { replicas: 3 } }, 'replicas'],
    ['a wrong type', { api: { retentionHours: 'a week' } }, 'retentionHours'],
    ['more than is allowed', { operator: { replicas: 9 } }, 'replicas'],
    [
      "a variable of the chart's own",
      { api: { env: [{ name: 'DOCKSNAP_NAMESPACE', value: 'x' }] } },
      '/api/env/0/name',
    ],
    ['an origin without https', { api: { publicOrigins: ['http://x'] } }, 'publicOrigins'],
    ['a digest that is none', { api: { image: { digest: 'latest' } } }, 'digest'],
  ])('refuses %s by its name', async (_sentence, values, words) => {
    await expect(render(values)).rejects.toThrow(words);
  });

  it('refuses another release name, in words', async () => {
    await expect(render({}, 'monitoring')).rejects.toThrow('the release must be named docksnap');
  });

  it('packs the definition of the monitor as it stands in crds/', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'docksnap-chart-'));
    try {
      await helm(['package', chart, '--destination', folder]);
      const archive = join(folder, 'docksnap-0.1.0.tgz');
      const packed = await run('tar', ['-xzOf', archive, 'docksnap/docksnapmonitors.yaml']);
      expect(packed).toBe(readFileSync(join(CHECKOUT, 'crds/docksnapmonitors.yaml'), 'utf8'));
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe.each([
  ['with its own values', {}],
  ['with every branch taken', elaborate],
])('what the chart makes %s', (_sentence, values) => {
  let objects: Rendered[] = [];

  beforeAll(async () => {
    objects = objectsOf(await render(values));
  }, 10 * minute);

  const ofKind = (kind: string): Rendered[] => objects.filter((one) => one.kind === kind);

  it('keeps the definition, as in crds/, through an uninstall', () => {
    const [crd] = ofKind('CustomResourceDefinition');
    const source: unknown = parse(readFileSync(join(CHECKOUT, 'crds/docksnapmonitors.yaml'), 'utf8'));
    expect(crd).toMatchObject(z.looseObject({ spec: z.unknown() }).parse(source));
    expect(crd?.metadata['annotations']).toEqual({ 'helm.sh/resource-policy': 'keep' });
  });

  it('has no content in any Secret', () => {
    for (const secret of ofKind('Secret')) expect(Object.keys(secret)).not.toContain('data');
    for (const secret of ofKind('Secret')) expect(Object.keys(secret)).not.toContain('stringData');
  });

  it('runs restricted pods alone', () => {
    const pods = objects.map(podSpecOf).filter((spec) => spec !== undefined);
    expect(pods.length).toBeGreaterThanOrEqual(3);
    for (const pod of pods) {
      expect(pod.securityContext).toMatchObject({ runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } });
      expect(pod.automountServiceAccountToken).toBe(false);
      expect(Object.keys(pod).filter((name) => name.startsWith('host'))).toEqual([]);
      expect(pod.volumes.filter((volume) => 'hostPath' in volume)).toEqual([]);
      for (const container of pod.containers) {
        expect(container.securityContext).toEqual({
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ['ALL'] },
        });
      }
    }
  });

  it('grants no more than is written here', () => {
    const granted = [...ofKind('ClusterRole'), ...ofKind('Role')].flatMap((role) =>
      rulesSchema
        .parse(role)
        .rules.map(({ apiGroups, resources, resourceNames, verbs }) =>
          [role.metadata.name, apiGroups.join(), resources.join(), resourceNames.join(), verbs.join()].join(' | '),
        ),
    );
    const own = 'api' in values ? ['docksnap-api-secrets |  | secrets | own-certificate | get'] : [];
    expect([...new Set(granted)].sort()).toEqual([...written, ...own].sort());
  });
});

/** role | groups | resources | names | verbs */
const written = [
  'docksnap-agent |  | nodes/metrics,nodes/stats,nodes/pods |  | get',
  'docksnap-api | authentication.k8s.io | tokenreviews |  | create',
  'docksnap-api | authorization.k8s.io | subjectaccessreviews |  | create',
  'docksnap-api |  | nodes |  | get,list,watch',
  'docksnap-api |  | namespaces | kube-system | get',
  'docksnap-api |  | configmaps | docksnap-ca | get,patch',
  'docksnap-api |  | pods |  | get,list,watch',
  'docksnap-api-secrets |  | secrets | docksnap-admin,docksnap-api-tls,docksnap-database-tls,docksnap-database-client-tls | get,patch',
  'docksnap-operator |  | nodes |  | get,list,watch',
  'docksnap-operator | docksnap.io | docksnapmonitors |  | get,list,watch',
  'docksnap-operator | docksnap.io | docksnapmonitors/status |  | get,patch',
  'docksnap-operator | docksnap.io | docksnapmonitors/finalizers |  | update',
  'docksnap-operator | apps | daemonsets |  | get,list,watch,create,patch,delete',
  'docksnap-operator |  | pods |  | list,watch',
  'docksnap-operator | events.k8s.io | events |  | create,patch',
  'docksnap-operator-lease | coordination.k8s.io | leases |  | create',
  'docksnap-operator-lease | coordination.k8s.io | leases | docksnap-operator | get,update',
  'docksnap-test | docksnap.io | docksnapmonitors |  | list',
];

const rulesSchema = z.looseObject({
  rules: z.array(
    z.object({
      apiGroups: z.array(z.string()),
      resources: z.array(z.string()),
      resourceNames: z.array(z.string()).default([]),
      verbs: z.array(z.string()),
    }),
  ),
});

const podSpec = z.looseObject({
  securityContext: z.looseObject({}),
  automountServiceAccountToken: z.boolean(),
  volumes: z.array(z.looseObject({})).default([]),
  containers: z.array(z.object({ securityContext: z.looseObject({}) })),
});

/** The pod that an object is or makes. */
function podSpecOf(object: Rendered): z.infer<typeof podSpec> | undefined {
  if (object.kind === 'Pod') return podSpec.parse(object['spec']);
  if (!['Deployment', 'StatefulSet', 'DaemonSet', 'Job'].includes(object.kind)) return undefined;
  return z.object({ template: z.object({ spec: podSpec }) }).parse(object['spec']).template.spec;
}
