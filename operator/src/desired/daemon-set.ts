import type { V1Container, V1DaemonSet, V1EnvVar, V1PodSpec } from '@kubernetes/client-node';
import type { Config } from '../config.ts';
import type { Monitor } from '../monitor.ts';
import { agentEnv, agentPort } from './agent-env.ts';
import { agentVolumes } from './agent-files.ts';
import { cadvisorParts } from './cadvisor.ts';
import { containerSecurity } from './container-security.ts';
import { daemonSetName, selectorOf } from './identity.ts';
import { stringResources } from './quantity.ts';

const apiVersion = 'docksnap.io/v1';
/** Any number but 0; the API's images and the database's use the same. */
const userId = 65532;
/** Ticks end, the spool is synced and one push is tried. */
const graceSeconds = 15;
/** Heap flags that keep Node's working set near 30 MiB at 220 containers. */
const heap = ['--max-semi-space-size=1', '--max-old-space-size=32', '--v8-pool-size=0'];
const command = ['/bin/node', ...heap, '/app/main.mjs'];

export type AgentDefaults = Pick<Config, 'agentImage' | 'agentImagePullPolicy' | 'cadvisorImage' | 'apiUrl'>;

/** The fields of the agents' DaemonSet that the operator owns: all others are left to whoever set them. */
export function desiredDaemonSet(monitor: Monitor, defaults: AgentDefaults): V1DaemonSet {
  const selector = selectorOf(monitor);
  const { agent } = monitor.spec;
  const labels = { ...agent.podMetadata?.labels, ...selector, 'app.kubernetes.io/part-of': 'docksnap' };
  const { name, uid, namespace } = monitor.metadata;
  return {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: {
      name: daemonSetName(monitor),
      namespace,
      labels: {
        ...selector,
        'app.kubernetes.io/part-of': 'docksnap',
        'app.kubernetes.io/managed-by': 'docksnap-operator',
      },
      ownerReferences: [{ apiVersion, kind: 'DockSnapMonitor', name, uid, controller: true, blockOwnerDeletion: true }],
    },
    spec: {
      selector: { matchLabels: selector },
      updateStrategy: updateStrategy(monitor),
      template: {
        metadata: { labels, ...(agent.podMetadata?.annotations && { annotations: agent.podMetadata.annotations }) },
        spec: podSpec(monitor, defaults),
      },
    },
  };
}

function updateStrategy({ spec }: Monitor): { type: string; rollingUpdate?: { maxUnavailable: string | number } } {
  const { type, maxUnavailable = '10%' } = spec.agent.updateStrategy;
  return type === 'RollingUpdate' ? { type, rollingUpdate: { maxUnavailable } } : { type };
}

function podSpec(monitor: Monitor, defaults: AgentDefaults): V1PodSpec {
  const { agent } = monitor.spec;
  const cadvisor = cadvisorParts(monitor, defaults.cadvisorImage, defaults.agentImagePullPolicy);
  return {
    serviceAccountName: 'docksnap-agent',
    // Its two tokens are mounted on purpose, each for one audience.
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    terminationGracePeriodSeconds: graceSeconds,
    nodeSelector: agent.nodeSelector,
    tolerations: agent.tolerations,
    ...(agent.affinity && { affinity: agent.affinity }),
    ...(agent.priorityClassName !== undefined && { priorityClassName: agent.priorityClassName }),
    ...(agent.imagePullSecrets && { imagePullSecrets: agent.imagePullSecrets }),
    // PodSecurity "restricted", whatever the namespace enforces; cAdvisor's volume alone asks for more.
    securityContext: {
      runAsNonRoot: true,
      runAsUser: userId,
      runAsGroup: userId,
      fsGroup: userId,
      seccompProfile: { type: 'RuntimeDefault' },
    },
    containers: [container(monitor, defaults, cadvisor.env), ...cadvisor.containers],
    volumes: [...agentVolumes(monitor).volumes, ...cadvisor.volumes],
  };
}

function container(monitor: Monitor, defaults: AgentDefaults, env: readonly V1EnvVar[]): V1Container {
  const { agent } = monitor.spec;
  const probe = (path: string) => ({ httpGet: { path, port: 'health' }, periodSeconds: 10, timeoutSeconds: 5 });
  return {
    name: 'agent',
    image: agent.image ?? defaults.agentImage,
    imagePullPolicy: defaults.agentImagePullPolicy,
    command,
    env: [...agentEnv(monitor, defaults.apiUrl), ...env],
    ports: [{ name: 'health', containerPort: agentPort, protocol: 'TCP' }],
    resources: stringResources(agent.resources),
    livenessProbe: { ...probe('/healthz'), initialDelaySeconds: 10 },
    readinessProbe: { ...probe('/readyz'), periodSeconds: 3 },
    securityContext: containerSecurity,
    volumeMounts: agentVolumes(monitor).mounts,
  };
}
