import { describe, expect, it } from '@jest/globals';
import { keysOf, referencesOf } from './references.ts';
import { objectsOf, render } from './render.ts';
import { HELM_TIMEOUT_MS, variants } from './values.ts';

/** What Kubernetes puts into each namespace, and what the values name as the admin's own. */
const others = ['ConfigMap docksnap/kube-root-ca.crt', 'Secret docksnap/mongodb', 'Secret docksnap/mongodb-tls'];

describe.each(Object.values(variants))('the chart $sentence', ({ values }) => {
  it(
    'makes all that its pods mount, in the namespace where they run',
    async () => {
      const objects = objectsOf(await render(values));
      const references = referencesOf(objects);
      expect(references).toContain('ConfigMap docksnap/docksnap-ca');
      expect(references).toContain('ServiceAccount docksnap/docksnap-api');
      const made = [...keysOf(objects), ...others];
      expect(references.filter((one) => !made.includes(one))).toEqual([]);
    },
    HELM_TIMEOUT_MS,
  );

  it('tells the authority of its certificate wherever agents may run', async () => {
    const objects = objectsOf(await render(values));
    const agents = keysOf(objects).filter((one) => /^ServiceAccount .*\/docksnap-agent$/.test(one));
    expect(agents.length).toBeGreaterThan(0);
    const authorities = agents.map((one) => one.replace('ServiceAccount', 'ConfigMap').replace(/agent$/, 'ca'));
    expect(keysOf(objects)).toEqual(expect.arrayContaining(authorities));
  });
});
