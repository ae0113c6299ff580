import * as z from 'zod';
import type { Rendered } from './render.ts';

const roleSchema = z.looseObject({
  rules: z.array(
    z.strictObject({
      apiGroups: z.array(z.string()),
      resources: z.array(z.string()),
      resourceNames: z.array(z.string()).optional(),
      verbs: z.array(z.string()),
    }),
  ),
});

const bindingSchema = z.looseObject({
  roleRef: z.object({ apiGroup: z.string(), kind: z.enum(['Role', 'ClusterRole']), name: z.string() }),
  subjects: z.array(z.strictObject({ kind: z.literal('ServiceAccount'), name: z.string(), namespace: z.string() })),
});

/**
 * Who may do what, where, as the bindings among the objects say: a line for each rule and subject, such as
 * `docksnap/docksnap-api in * may get namespaces kube-system`.
 * @throws when a binding names a role that is not there, or a role is bound to nobody
 */
export function rightsOf(objects: readonly Rendered[]): string[] {
  const unbound = new Map(objects.filter(isRole).map((role) => [keyOf(role.kind, role), roleSchema.parse(role).rules]));
  const roles = new Map(unbound);
  const lines = objects.filter(isBinding).flatMap((binding) => {
    const { roleRef, subjects } = bindingSchema.parse(binding);
    const key = `${roleRef.kind} ${roleRef.kind === 'Role' ? place(binding) : '*'}/${roleRef.name}`;
    const rules = roles.get(key);
    if (rules === undefined)
      throw new Error(`${binding.kind} ${binding.metadata.name} names ${key}, which is not there`);
    unbound.delete(key);
    return subjects.flatMap(({ namespace, name }) =>
      rules.map((rule) => `${namespace}/${name} in ${place(binding)} may ${wordsOf(rule)}`),
    );
  });
  if (unbound.size > 0) throw new Error(`bound to nobody: ${[...unbound.keys()].join()}`);
  return lines.sort();
}

function wordsOf({ verbs, apiGroups, resources, resourceNames = [] }: z.infer<typeof roleSchema>['rules'][number]) {
  const what = apiGroups.flatMap((group) => resources.map((one) => (group === '' ? one : `${one}.${group}`)));
  return [verbs.join(), what.join(), resourceNames.join()].join(' ').trimEnd();
}

function isRole({ kind }: Rendered): boolean {
  return kind === 'Role' || kind === 'ClusterRole';
}

function isBinding({ kind }: Rendered): boolean {
  return kind === 'RoleBinding' || kind === 'ClusterRoleBinding';
}

function keyOf(kind: string, object: Rendered): string {
  return `${kind} ${place(object)}/${object.metadata.name}`;
}

function place({ metadata }: Rendered): string {
  return metadata.namespace ?? '*';
}
