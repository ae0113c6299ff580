import * as z from 'zod';
import type { Rendered } from './render.ts';
import { podOf } from './restricted.ts';

const named = z.object({ name: z.string() });
const source = z.looseObject({
  configMap: named.optional(),
  secret: z.object({ secretName: z.string().optional(), name: z.string().optional() }).optional(),
});
const volume = source.extend({ projected: z.object({ sources: z.array(source) }).optional() });

/**
 * What the pods among the objects mount or run as, such as `ConfigMap docksnap/docksnap-ca`, optional or not: an
 * optional volume that nobody makes stays empty for ever, without a word.
 */
export function referencesOf(objects: readonly Rendered[]): string[] {
  return objects.flatMap((object) => {
    const pod = podOf(object);
    if (pod === undefined) return [];
    const key = (kind: string, name: string): string => keyOf(kind, object.metadata.namespace, name);
    const sources = pod.volumes.flatMap((one) => {
      const { projected, ...own } = volume.parse(one);
      return [own, ...(projected?.sources ?? [])];
    });
    return [
      key('ServiceAccount', z.string().parse(pod['serviceAccountName'])),
      ...sources.flatMap(({ configMap }) => (configMap === undefined ? [] : [key('ConfigMap', configMap.name)])),
      ...sources.flatMap(({ secret }) => {
        const name = secret?.secretName ?? secret?.name;
        return name === undefined ? [] : [key('Secret', name)];
      }),
    ];
  });
}

/** The objects in the same words. */
export function keysOf(objects: readonly Rendered[]): string[] {
  return objects.map(({ kind, metadata }) => keyOf(kind, metadata.namespace, metadata.name));
}

function keyOf(kind: string, namespace: string | undefined, name: string): string {
  return `${kind} ${namespace ?? '*'}/${name}`;
}
