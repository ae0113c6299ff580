import * as z from 'zod';
import type { Rendered } from './render.ts';

const security = z.looseObject({
  privileged: z.boolean().optional(),
  allowPrivilegeEscalation: z.boolean().optional(),
  procMount: z.string().optional(),
  runAsNonRoot: z.boolean().optional(),
  runAsUser: z.number().optional(),
  seccompProfile: z.looseObject({ type: z.string() }).optional(),
  capabilities: z.object({ add: z.array(z.string()).default([]), drop: z.array(z.string()).default([]) }).optional(),
  sysctls: z.array(z.unknown()).optional(),
  seLinuxOptions: z.unknown().optional(),
  appArmorProfile: z.unknown().optional(),
});

const container = z.looseObject({
  name: z.string(),
  securityContext: security.default({}),
  ports: z.array(z.looseObject({ hostPort: z.number().optional() })).default([]),
});

const pod = z.looseObject({
  securityContext: security.default({}),
  volumes: z.array(z.looseObject({ name: z.string() })).default([]),
  initContainers: z.array(container).default([]),
  containers: z.array(container),
});
type Pod = z.infer<typeof pod>;
type Container = z.infer<typeof container>;

const VOLUMES = [
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'persistentVolumeClaim',
  'projected',
  'secret',
];

const makesPods = z.object({ template: z.object({ spec: pod }) });

/** The pod that an object is or makes. */
export function podOf(object: Rendered): Pod | undefined {
  if (object.kind === 'Pod') return pod.parse(object['spec']);
  const kinds = ['Deployment', 'StatefulSet', 'DaemonSet', 'Job'];
  return kinds.includes(object.kind) ? makesPods.parse(object['spec']).template.spec : undefined;
}

/**
 * What in a pod PodSecurity `restricted` forbids, one phrase each
 * (https://kubernetes.io/docs/concepts/security/pod-security-standards/). Stricter in one point: SELinux options,
 * AppArmor profiles, sysctls and added capabilities are forbidden altogether, for DockSnap needs none.
 */
export function violations(spec: Pod): string[] {
  return [
    ...Object.entries(spec).flatMap(([name, value]) => (name.startsWith('host') && value === true ? [name] : [])),
    ...spec.volumes
      .filter((volume) => Object.keys(volume).some((key) => key !== 'name' && !VOLUMES.includes(key)))
      .map(({ name }) => `volume ${name}`),
    ...forbiddenIn('pod', spec.securityContext),
    ...[...spec.initContainers, ...spec.containers].flatMap((one) => violationsOf(one, spec)),
  ];
}

function violationsOf({ name, securityContext: own, ports }: Container, { securityContext: shared }: Pod): string[] {
  const checks = {
    'must not escalate': own.allowPrivilegeEscalation === false,
    'must drop ALL': own.capabilities?.drop.includes('ALL') === true,
    'must not run as root': (own.runAsNonRoot ?? shared.runAsNonRoot) === true,
    'must not be user 0': (own.runAsUser ?? shared.runAsUser) !== 0,
    'must have a seccomp profile': (own.seccompProfile ?? shared.seccompProfile)?.type === 'RuntimeDefault',
    'must not open a port of the node': ports.every(({ hostPort }) => hostPort === undefined),
  };
  const failed = Object.entries(checks).flatMap(([words, holds]) => (holds ? [] : [`${name} ${words}`]));
  return [...failed, ...forbiddenIn(name, own)];
}

function forbiddenIn(place: string, context: z.infer<typeof security>): string[] {
  const used = {
    privileged: context.privileged === true,
    procMount: context.procMount !== undefined,
    sysctls: context.sysctls !== undefined,
    seLinuxOptions: context.seLinuxOptions !== undefined,
    appArmorProfile: context.appArmorProfile !== undefined,
    'capabilities.add': (context.capabilities?.add.length ?? 0) > 0,
  };
  return Object.entries(used).flatMap(([name, is]) => (is ? [`${place} ${name}`] : []));
}
