import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { nodeListSchema, seriesAnswerSchema } from '@docksnap/contract';
import { join } from 'node:path';
import * as z from 'zod';
import { cluster, kubectl, kubectlJson, namespace, signedIn, untilAllReport } from '../system/support/system.ts';
import { until } from '../system/support/until.ts';

const minute = 60_000;
const running = ['deployments', 'statefulsets', 'daemonsets', 'services', 'secrets', 'configmaps', 'pods'];
const lasting = [
  'serviceaccounts',
  'roles',
  'rolebindings',
  'poddisruptionbudgets',
  'leases',
  'persistentvolumeclaims',
];

const objects = z.object({
  items: z.array(
    z.object({
      kind: z.string(),
      type: z.string().optional(),
      metadata: z.object({ name: z.string(), uid: z.string(), generation: z.int().optional() }),
      data: z.record(z.string(), z.string()).optional(),
      status: z.object({ containerStatuses: z.array(z.object({ restartCount: z.int() })).optional() }).optional(),
    }),
  ),
});
type Found = z.infer<typeof objects>['items'][number];

/** What of these kinds is in the release's namespace, by kind and name; without Helm's own records. */
async function present(kinds: readonly string[]): Promise<ReadonlyMap<string, Found>> {
  const { items } = await kubectlJson(objects, 'get', kinds.join(), '-n', namespace);
  const own = items.filter(({ type }) => type !== 'helm.sh/release.v1');
  return new Map(own.map((one) => [`${one.kind} ${one.metadata.name}`, one]));
}

/** Runs helm on the release, with the package that `npm start` installed. */
async function helm(command: readonly string[], values: string): Promise<void> {
  const archive = join(cluster().stateDir, 'chart/docksnap-0.1.0.tgz');
  const settings = ['--namespace', namespace, '--values', '-', '--wait', '--timeout', '4m'];
  await cluster().helm([...command, 'docksnap', archive, ...settings], { timeoutMs: 5 * minute, input: values });
}

/** What each node used in five whole minutes that are over. */
async function historyUntil(toMs: number): Promise<unknown> {
  const client = await signedIn();
  const { items } = await client.get('/api/v1/nodes', nodeListSchema);
  const range = `from=${toMs - 5 * minute}&to=${toMs}`;
  return Promise.all(
    items.map(async ({ id }) => [id, await client.get(`/api/v1/series?node=${id}&${range}`, seriesAnswerSchema)]),
  );
}

async function deletionPolicy(policy: 'Retain' | 'Purge'): Promise<void> {
  const patch = JSON.stringify({ spec: { deletionPolicy: policy } });
  await kubectl('patch', 'dsm', 'docksnap', '-n', namespace, '--type', 'merge', '--patch', patch);
}

async function finalizers(): Promise<string> {
  return kubectl('get', 'dsm', 'docksnap', '-n', namespace, '-o', 'jsonpath={.metadata.finalizers[*]}');
}

describe('the release', () => {
  let values: string;

  beforeAll(async () => {
    await untilAllReport();
    values = await cluster().helm(['get', 'values', 'docksnap', '--namespace', namespace, '--output', 'json']);
  }, 4 * minute);

  it(
    'is upgraded to itself without a change to an object, a Secret or a pod',
    async () => {
      const before = await present(running);
      expect(before.get('Secret docksnap-admin')?.data).toHaveProperty('password');
      await helm(['upgrade'], values);
      expect(await present(running)).toEqual(before);
    },
    6 * minute,
  );

  describe('uninstalled', () => {
    let history: unknown;
    let historyToMs: number;

    beforeAll(async () => {
      historyToMs = Math.floor(Date.now() / minute - 1) * minute;
      history = await historyUntil(historyToMs);
      await deletionPolicy('Purge');
      await until('a finalizer', minute, async () => (await finalizers()) === 'docksnap.io/purge');
      await cluster().helm(['uninstall', 'docksnap', '-n', namespace, '--wait'], { timeoutMs: 4 * minute });
      await until('the pods gone', minute, async () => (await present(['pods'])).size === 0);
    }, 7 * minute);

    afterAll(async () => {
      await helm(['upgrade', '--install'], values);
      await untilAllReport();
    }, 9 * minute);

    it('leaves its history, the monitors and their definition, and a free lease, and no agent', async () => {
      expect([...(await present([...running, ...lasting])).keys()].sort()).toEqual([
        'ConfigMap kube-root-ca.crt',
        'Lease docksnap-operator', // The operator's own, free for the next.
        'PersistentVolumeClaim data-docksnap-database-0',
        'ServiceAccount default',
      ]);
      const everywhere = ['crd,clusterroles,clusterrolebindings', '-l', 'app.kubernetes.io/name=docksnap'];
      expect((await kubectl('get', ...everywhere, '-o', 'name')).trim()).toBe(
        'customresourcedefinition.apiextensions.k8s.io/docksnapmonitors.docksnap.io',
      );
      expect((await kubectl('get', 'dsm', '-n', namespace, '-o', 'name')).trim()).toBe(
        'docksnapmonitor.docksnap.io/docksnap',
      );
    });

    it('leaves no monitor waiting for an operator that is no more', async () => {
      expect(await finalizers()).toBe('');
      await deletionPolicy('Retain');
    });

    it(
      'finds history and monitors when it is installed again, and its admin gets in by the new password',
      async () => {
        await helm(['install'], values);
        await untilAllReport();
        expect(await historyUntil(historyToMs)).toEqual(history);
      },
      9 * minute,
    );
  });
});
