import type { V1EnvVar } from '@kubernetes/client-node';
import type { Monitor } from '../monitor.ts';
import { agentFiles } from './agent-files.ts';
import { bytesOf } from './quantity.ts';

/** The port of the agent's health and metrics. */
export const agentPort = 8081;
const longestDefaultTimeoutSeconds = 10;
const arenas = 'MALLOC_ARENA_MAX';

/**
 * The environment that the agent parses at its start. The operator's is the only place that writes it; a test feeds
 * it to the agent's own parser.
 */
export function agentEnv({ spec }: Monitor, defaultApiUrl: string): V1EnvVar[] {
  const timeoutSeconds =
    spec.scrapeTimeoutSeconds ?? Math.min(longestDefaultTimeoutSeconds, spec.scrapeIntervalSeconds);
  const values: Record<string, string> = {
    DOCKSNAP_KUBELET_TOKEN_FILE: agentFiles.kubeletToken,
    DOCKSNAP_KUBELET_CA_FILE: agentFiles.kubeletCa,
    DOCKSNAP_KUBELET_TLS: spec.kubelet.tlsVerification,
    DOCKSNAP_ENDPOINTS: [...spec.kubelet.endpoints].sort().join(','),
    DOCKSNAP_SCRAPE_INTERVAL_SECONDS: String(spec.scrapeIntervalSeconds),
    DOCKSNAP_SCRAPE_TIMEOUT_SECONDS: String(timeoutSeconds),
    DOCKSNAP_CADVISOR_EVERY: String(spec.cadvisorEvery),
    DOCKSNAP_METRIC_GROUPS: [...spec.metricGroups].sort().join(','),
    DOCKSNAP_NAMESPACES_INCLUDE: [...(spec.namespaces.include ?? [])].sort().join(','),
    DOCKSNAP_NAMESPACES_EXCLUDE: [...(spec.namespaces.exclude ?? [])].sort().join(','),
    DOCKSNAP_API_URL: spec.destination?.url ?? defaultApiUrl,
    DOCKSNAP_API_CA_FILE: agentFiles.apiCa,
    DOCKSNAP_INGEST_TOKEN_FILE: agentFiles.ingestToken,
    DOCKSNAP_SPOOL_DIR: agentFiles.spool,
    DOCKSNAP_SPOOL_BYTES: String(bytesOf(spec.buffer.limit)),
    DOCKSNAP_SPOOL_SECONDS: String(spec.buffer.maxAgeSeconds),
    DOCKSNAP_LISTEN: `0.0.0.0:${agentPort}`,
    DOCKSNAP_LOG_LEVEL: spec.agent.logLevel,
  };
  const own = spec.agent.env ?? [];
  return [
    { name: 'DOCKSNAP_NODE_NAME', valueFrom: { fieldRef: { fieldPath: 'spec.nodeName' } } },
    // The agent makes the kubelet's address of it, whatever its family.
    { name: 'DOCKSNAP_NODE_IP', valueFrom: { fieldRef: { fieldPath: 'status.hostIP' } } },
    ...Object.entries(values).map(([name, value]) => ({ name, value })),
    // glibc keeps memory for each thread else; an admin may know better.
    ...(own.some(({ name }) => name === arenas) ? [] : [{ name: arenas, value: '1' }]),
    ...own,
  ];
}
