import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Rendered } from './render.ts';
import { objectsOf, render } from './render.ts';
import { rightsOf } from './rights.ts';
import { HELM_TIMEOUT_MS, variants } from './values.ts';

const secrets = ['docksnap-admin', 'docksnap-api-tls', 'docksnap-database-tls', 'docksnap-database-client-tls'];

/** All that anybody may do. A line more here is a decision: say in the chart what it is for. */
function written(namespaces: readonly string[], ownCertificate: string | undefined): string[] {
  const everywhere = [
    ...namespaces.map((one) => `${one}/docksnap-agent in * may get nodes/metrics,nodes/stats,nodes/pods`),
    'docksnap/docksnap-api in * may create tokenreviews.authentication.k8s.io',
    'docksnap/docksnap-api in * may list nodes',
    'docksnap/docksnap-api in * may watch events.events.k8s.io',
    'docksnap/docksnap-api in * may get namespaces kube-system',
    'docksnap/docksnap-operator in * may get,list,watch nodes',
  ];
  const inRelease = [
    `docksnap/docksnap-api in docksnap may get,patch secrets ${secrets.join()}`,
    ...(ownCertificate === undefined ? [] : [`docksnap/docksnap-api in docksnap may get secrets ${ownCertificate}`]),
    'docksnap/docksnap-operator in docksnap may create leases.coordination.k8s.io',
    'docksnap/docksnap-operator in docksnap may get,update leases.coordination.k8s.io docksnap-operator',
    'docksnap/docksnap-uninstall in docksnap may patch deployments/scale.apps docksnap-operator',
    'docksnap/docksnap-uninstall in docksnap may list pods',
  ];
  const withAuthority = [...new Set(['docksnap', ...namespaces])];
  const authority = withAuthority.map((one) => `docksnap/docksnap-api in ${one} may get,patch configmaps docksnap-ca`);
  const inEach = (one: string): string[] => [
    `docksnap/docksnap-operator in ${one} may get,list,watch,patch docksnapmonitors.docksnap.io`,
    `docksnap/docksnap-operator in ${one} may get,patch docksnapmonitors/status.docksnap.io`,
    `docksnap/docksnap-operator in ${one} may update docksnapmonitors/finalizers.docksnap.io`,
    `docksnap/docksnap-operator in ${one} may get,list,watch,create,patch,delete daemonsets.apps`,
    `docksnap/docksnap-operator in ${one} may list,watch pods`,
    `docksnap/docksnap-operator in ${one} may list,create,patch events.events.k8s.io`,
    `docksnap/docksnap-test in ${one} may list docksnapmonitors.docksnap.io`,
    `docksnap/docksnap-uninstall in ${one} may list,delete daemonsets.apps`,
    `docksnap/docksnap-uninstall in ${one} may list,patch docksnapmonitors.docksnap.io`,
  ];
  return [...everywhere, ...inRelease, ...authority, ...namespaces.flatMap(inEach)].sort();
}

describe.each(Object.values(variants))('the chart $sentence', ({ values, namespaces }) => {
  let objects: Rendered[] = [];

  beforeAll(async () => {
    objects = objectsOf(await render(values));
  }, HELM_TIMEOUT_MS);

  it('grants no more than is written', () => {
    const own = 'api' in values && 'tls' in values.api ? values.api.tls.secretName : undefined;
    expect(rightsOf(objects)).toEqual(written(namespaces, own));
  });

  it('makes every Secret that the API must fill, without content', () => {
    const rendered = objects.filter(({ kind }) => kind === 'Secret');
    expect(rendered.map(({ metadata }) => metadata.name)).toEqual(secrets);
    for (const secret of rendered) {
      expect(secret).not.toHaveProperty('data');
      expect(secret).not.toHaveProperty('stringData');
    }
  });
});
