import type { V1Container, V1EnvVar, V1Volume } from '@kubernetes/client-node';
import type { Monitor } from '../monitor.ts';
import { containerSecurity } from './container-security.ts';
import { stringResources } from './quantity.ts';

const defaultPort = 8080;
const defaultResources = { requests: { cpu: '50m', memory: '64Mi' }, limits: { memory: '256Mi' } };
const cgroups = '/sys/fs/cgroup';

/** What a monitor whose source is cAdvisor adds to its agents' pods. */
interface CadvisorParts {
  readonly containers: readonly V1Container[];
  readonly volumes: readonly V1Volume[];
  /** Tells the agent where it is. */
  readonly env: readonly V1EnvVar[];
}

const none: CadvisorParts = { containers: [], volumes: [], env: [] };

/** The image of a monitor's cAdvisor; undefined when nobody has named one. */
export function cadvisorImageOf({ spec }: Monitor, ofOperator: string): string | undefined {
  return spec.source.cadvisor?.image ?? (ofOperator === '' ? undefined : ofOperator);
}

/**
 * A cAdvisor beside the agent. The node's cgroups, read-only, are all that it needs: no root, no capability, no host
 * namespace, no runtime's socket.
 */
export function cadvisorParts(monitor: Monitor, ofOperator: string, imagePullPolicy: string): CadvisorParts {
  const { source } = monitor.spec;
  const image = cadvisorImageOf(monitor, ofOperator);
  if (source.type !== 'CAdvisor' || image === undefined) return none;
  const port = source.cadvisor?.port ?? defaultPort;
  const container: V1Container = {
    name: 'cadvisor',
    image,
    imagePullPolicy,
    // A sample of each container a second; what is older than the agent can be late is not kept.
    args: [
      '-listen_ip=127.0.0.1',
      `-port=${port}`,
      '-housekeeping_interval=1s',
      '-max_housekeeping_interval=1s',
      '-allow_dynamic_housekeeping=false',
      '-storage_duration=2m',
    ],
    resources: stringResources(source.cadvisor?.resources ?? defaultResources),
    securityContext: containerSecurity,
    volumeMounts: [{ name: 'cgroups', mountPath: cgroups, readOnly: true }],
  };
  return {
    containers: [container],
    volumes: [{ name: 'cgroups', hostPath: { path: cgroups, type: 'Directory' } }],
    env: [
      { name: 'DOCKSNAP_SOURCE', value: 'CAdvisor' },
      { name: 'DOCKSNAP_CADVISOR_URL', value: `http://127.0.0.1:${port}` },
    ],
  };
}
