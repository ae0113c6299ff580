import { Logger } from '@nestjs/common';
import type { Kube } from '../kube/kube.ts';

const configMap = 'docksnap-ca';
const entry = 'ca.crt';
const mostAttempts = 5;

/** Puts the authority's certificate into the ConfigMap of each watched namespace, which agents mount. */
export async function announceCa(kube: Kube, namespaces: readonly string[], ca: string): Promise<void> {
  for (const namespace of new Set(namespaces)) await announce(kube, namespace, ca);
}

async function announce(kube: Kube, namespace: string, ca: string): Promise<void> {
  for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
    const found = await kube.configMap(namespace, configMap);
    if (found === undefined) {
      new Logger('Tls').warn(
        `the ConfigMap ${namespace}/${configMap} is missing, so agents there cannot trust this API; helm upgrade renders it again`,
      );
      return;
    }
    if (found.entries[entry] === ca) return;
    if (await kube.fillConfigMap({ namespace, name: configMap }, found.resourceVersion, { [entry]: ca })) return;
  }
}
