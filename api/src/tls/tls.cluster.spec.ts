import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readConfig } from '../config.ts';
import { KubeClient } from '../kube/kube-client.ts';
import { TestNamespace } from '../testing/test-namespace.ts';
import { KeptAdminPassword } from '../vault/kept-admin-password.ts';
import { SecretVault } from '../vault/secret-vault.ts';
import { announceCa } from './announce-ca.ts';
import { prepareCertificates } from './certificates.ts';
import { prepareTls } from './prepare-tls.ts';

describe('what is kept in Secrets of a real cluster', () => {
  let namespace: TestNamespace;
  let kube: KubeClient;

  beforeAll(async () => {
    namespace = await TestNamespace.make('secrets');
    kube = new KubeClient(namespace.name);
    const secrets = ['docksnap-admin', 'docksnap-api-tls', 'docksnap-database-tls', 'docksnap-database-client-tls'];
    for (const name of secrets) await namespace.secret(name);
    await namespace.configMap('docksnap-ca');
  });
  afterAll(async () => {
    await namespace.remove();
  });

  it('is the same for all who start at once, and for those who come later', async () => {
    const now = Date.now();
    const prepare = () => prepareCertificates(new SecretVault(kube), namespace.name, now);
    const [first, second, third] = await Promise.all([prepare(), prepare(), prepare()]);
    expect(second).toEqual(first);
    expect(third).toEqual(first);
    expect(await prepare()).toEqual(first);
    const database = await kube.secret('docksnap-database-tls');
    expect(Object.keys(database?.entries ?? {}).sort()).toEqual(['ca.crt', 'tls.crt', 'tls.key']);
    expect(database?.entries['ca.crt']).toBe(first.ca);
  });

  it("tells the authority's certificate, and not its key, to those who mount the ConfigMap", async () => {
    await announceCa(kube, [namespace.name], 'a certificate');
    await announceCa(kube, [namespace.name], 'a certificate');
    expect((await kube.configMap(namespace.name, 'docksnap-ca'))?.entries).toEqual({ 'ca.crt': 'a certificate' });
  });

  it('tells it to the operator too, whose namespace may have no agents', async () => {
    const watched = await TestNamespace.make('watched');
    try {
      await watched.configMap('docksnap-ca');
      const config = readConfig({
        DOCKSNAP_MONGODB_URI: 'mongodb://docksnap-database:27017/docksnap',
        DOCKSNAP_NAMESPACE: namespace.name,
        DOCKSNAP_AGENT_NAMESPACES: watched.name,
      });
      const { ca } = await prepareTls(config, kube, new SecretVault(kube));
      for (const { name } of [namespace, watched]) {
        expect((await kube.configMap(name, 'docksnap-ca'))?.entries).toEqual({ 'ca.crt': ca });
      }
    } finally {
      await watched.remove();
    }
  });

  it('makes one first password', async () => {
    const password = () => new KeptAdminPassword(new SecretVault(kube)).first();
    const [first, second] = await Promise.all([password(), password()]);
    expect(first.length).toBeGreaterThanOrEqual(20);
    expect(second).toBe(first);
    expect((await kube.secret('docksnap-admin'))?.entries['password']).toBe(first);
  });

  it('names a Secret that is missing', async () => {
    const vault = new SecretVault(kube);
    await expect(vault.keep('docksnap-none', async () => Promise.resolve({}))).rejects.toThrow(
      'the Secret docksnap-none is missing',
    );
  });
});
