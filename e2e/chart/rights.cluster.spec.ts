import { describe, expect, it } from '@jest/globals';
import { kubectl, namespace } from '../system/support/system.ts';

const secrets = ['docksnap-admin', 'docksnap-api-tls', 'docksnap-database-tls', 'docksnap-database-client-tls'];

/** All that each ServiceAccount may do in the release's namespace, as the API server sees it: resource, names, verbs. */
const written: Readonly<Record<string, readonly string[]>> = {
  'docksnap-agent': ['nodes/metrics [] [get]', 'nodes/pods [] [get]', 'nodes/stats [] [get]'],
  'docksnap-api': [
    'configmaps [docksnap-ca] [get patch]',
    'events.events.k8s.io [] [watch]',
    'namespaces [kube-system] [get]',
    'nodes [] [list]',
    ...secrets.map((name) => `secrets [${name}] [get patch]`),
    'tokenreviews.authentication.k8s.io [] [create]',
  ],
  'docksnap-operator': [
    'daemonsets.apps [] [get list watch create patch delete]',
    'docksnapmonitors.docksnap.io [] [get list watch patch]',
    'docksnapmonitors.docksnap.io/finalizers [] [update]',
    'docksnapmonitors.docksnap.io/status [] [get patch]',
    'events.events.k8s.io [] [list create patch]',
    'leases.coordination.k8s.io [] [create]',
    'leases.coordination.k8s.io [docksnap-operator] [get update]',
    'nodes [] [get list watch]',
    'pods [] [list watch]',
  ],
  'docksnap-database': [],
};

/** What a ServiceAccount may do beyond what every ServiceAccount may, by `kubectl auth can-i --list`. */
async function rightsOf(account: string, where: string): Promise<string[]> {
  const everyone = await linesOf('nobody', where);
  const lines = (await linesOf(account, where)).filter((line) => !everyone.includes(line));
  return lines.map((line) => line.replace(/\s+\[\]/, '').replace(/\s+/g, ' ')).sort();
}

async function linesOf(account: string, where: string): Promise<string[]> {
  const user = `system:serviceaccount:${namespace}:${account}`;
  const [, ...lines] = (await kubectl('auth', 'can-i', '--list', '--as', user, '-n', where)).trim().split('\n');
  return lines.map((line) => line.trim().replace(/\s{2,}/g, '  '));
}

describe.each(Object.entries(written))('the ServiceAccount %s', (account, rights) => {
  it('may do what is written, and no more, in the namespace of the release', async () => {
    expect(await rightsOf(account, namespace)).toEqual([...rights].sort());
  });

  it('may do in another namespace only what is the whole cluster’s', async () => {
    const everywhere = /^(nodes|tokenreviews|namespaces|events.* \[watch\]$)/;
    expect(await rightsOf(account, 'shop')).toEqual(rights.filter((line) => everywhere.test(line)).sort());
  });
});
