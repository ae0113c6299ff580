import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import { CHECKOUT } from '../../cluster/paths.ts';
import { run } from '../../cluster/process.ts';
import { packageChart, RELEASE } from '../../cluster/start/chart.ts';
import { applyManifest } from '../../cluster/start/manifests.ts';
import { cluster, kubectl, kubectlJson, untilAllReport } from '../../system/support/system.ts';
import { until } from '../../system/support/until.ts';
import { Registry } from '../testing/registry.ts';
import { readArchive } from './oci-archive.ts';
import { parts } from './parts.ts';

const minute = 60_000;
/** A second release, beside that of npm start. */
const namespace = 'docksnap-by-digest';

const secretSchema = z.object({ data: z.record(z.string(), z.string()) });
const podsSchema = z.object({
  items: z.array(z.object({ spec: z.object({ containers: z.array(z.object({ image: z.string() })) }) })),
});
const monitorSchema = z.object({
  status: z.object({ nodes: z.object({ reporting: z.int().default(0) }) }),
});

async function buildImages(out: string, ...more: string[]): Promise<string> {
  const main = join(CHECKOUT, 'e2e/images/main.ts');
  return run(process.execPath, [main, '--arch', 'amd64', '--out', out, ...more], { timeoutMs: 9 * minute });
}

/** The trial database of the first release as an admin's own MongoDB: its URI and what proves who asks, in Secrets. */
async function provideDatabase(): Promise<void> {
  const known = ['get', 'secret', 'docksnap-database-client-tls', '-n', RELEASE];
  const { data } = await kubectlJson(secretSchema, ...known);
  const file = (name: string): string => Buffer.from(data[name] ?? '', 'base64').toString();
  const folder = '/etc/docksnap/mongodb-tls';
  const options = `tls=true&tlsCAFile=${folder}/ca.crt&tlsCertificateKeyFile=${folder}/client.pem`;
  const uri = `mongodb://docksnap-database.${RELEASE}.svc:27017/second?${options}`;
  const secrets = {
    mongodb: { uri },
    'mongodb-tls': { 'ca.crt': file('ca.crt'), 'client.pem': `${file('client.crt')}${file('client.key')}` },
  };
  for (const [name, stringData] of Object.entries(secrets)) {
    const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace }, stringData };
    await cluster().kubectl(['apply', '-f', '-'], { input: JSON.stringify(secret) });
  }
}

describe('npm run images', () => {
  let registry: Registry;
  let folder: string;
  let said: string;
  const archiveOf = (build: string, part: string) => readArchive(join(folder, build, `${part}-0.1.0.oci.tar`));

  beforeAll(async () => {
    registry = await Registry.start();
    await registry.serveNodes(cluster());
    folder = await mkdtemp(join(tmpdir(), 'docksnap-images-'));
    said = await buildImages(join(folder, 'once'), '--push', `${registry.name}/team`, '--plain-http');
  }, 15 * minute);

  afterAll(async () => {
    registry.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it(
    'makes of the same sources images of the same digest',
    async () => {
      await buildImages(join(folder, 'again'));
      for (const part of parts) expect(await archiveOf('again', part)).toEqual(await archiveOf('once', part));
    },
    9 * minute,
  );

  it.each(parts)('pushed %s: the registry has its tag, under its digest', async (part) => {
    const { digest } = await archiveOf('once', part);
    const index = 'application/vnd.oci.image.index.v1+json';
    const answer = await registry.ask(`/v2/team/docksnap/${part}/manifests/0.1.0`, { accept: index });
    expect([answer.status, answer.headers.get('docker-content-digest')]).toEqual([200, digest]);
    expect(said).toContain(`image.digest=${digest}`);
  });

  describe('and the line of helm install that it prints', () => {
    beforeAll(async () => {
      await untilAllReport();
      const [, line = ''] = said.split('Install it with:');
      const settings = line.split('\\\n').filter((one) => one.trim().startsWith('--set'));
      expect(settings).toHaveLength(1 + parts.length);
      await applyManifest(cluster(), join(CHECKOUT, 'e2e/cluster/manifests/namespace.yaml'), { NAMESPACE: namespace });
      await provideDatabase();
      const values = {
        // The definition is that of the first release.
        crds: { enabled: false },
        mongodb: { uriSecret: { name: 'mongodb' }, tlsSecret: { name: 'mongodb-tls' } },
      };
      const flags = settings.flatMap((one) => one.trim().split(' '));
      const install = ['install', 'second', await packageChart(cluster()), '--namespace', namespace, ...flags];
      await cluster().helm([...install, '--values', '-', '--wait', '--timeout', '4m'], {
        input: JSON.stringify(values),
        timeoutMs: 5 * minute,
      });
    }, 7 * minute);

    afterAll(async () => {
      await cluster().helm(['uninstall', 'second', '--namespace', namespace, '--wait'], { timeoutMs: 4 * minute });
      await kubectl('delete', 'namespace', namespace, '--wait');
      await untilAllReport();
    }, 7 * minute);

    it(
      'install a second release from the registry, with the database named by URI, and every node reports to it too',
      async () => {
        const monitor = {
          apiVersion: 'docksnap.io/v1',
          kind: 'DockSnapMonitor',
          metadata: { name: 'second', namespace },
        };
        await cluster().kubectl(['apply', '-f', '-'], { input: JSON.stringify({ ...monitor, spec: {} }) });
        await until('both nodes reporting to the second release', 3 * minute, async () => {
          const { status } = await kubectlJson(monitorSchema, 'get', 'dsm', 'second', '-n', namespace);
          return status.nodes.reporting === 2;
        });
        const { items } = await kubectlJson(podsSchema, 'get', 'pods', '-n', namespace);
        const images = items.flatMap(({ spec }) => spec.containers.map(({ image }) => image));
        expect(images.length).toBeGreaterThanOrEqual(5);
        for (const image of images) expect(image).toMatch(new RegExp(`^${registry.name}/team/docksnap/[a-z]+@sha256:`));
      },
      4 * minute,
    );
  });
});
