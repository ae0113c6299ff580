import type { DockSnapMonitorSpec } from '../generated/monitor.ts';
import type { Monitor } from '../monitor.ts';

/** What the API server makes of an empty spec; a cluster spec holds it to that. */
export const defaultSpec: DockSnapMonitorSpec = {
  managementState: 'Managed',
  deletionPolicy: 'Retain',
  source: { type: 'Kubelet' },
  kubelet: { endpoints: ['Resource', 'CAdvisor'], tlsVerification: 'Auto' },
  scrapeIntervalSeconds: 10,
  cadvisorEvery: 3,
  metricGroups: ['CPU', 'Memory', 'Network', 'Filesystem', 'DiskIO', 'Process'],
  namespaces: {},
  buffer: { limit: '256Mi', maxAgeSeconds: 86_400 },
  agent: {
    resources: { requests: { cpu: '50m', memory: '64Mi' }, limits: { memory: '192Mi' } },
    nodeSelector: { 'kubernetes.io/os': 'linux' },
    tolerations: [{ operator: 'Exists' }],
    updateStrategy: { type: 'RollingUpdate' },
    logLevel: 'info',
  },
};

/** A stored monitor with this spec. */
export function sampleMonitor(spec: Partial<DockSnapMonitorSpec> = {}): Monitor {
  return {
    metadata: {
      name: 'docksnap',
      namespace: 'docksnap',
      uid: '7f0c1d5e-3b0a-4c55-9a52-6b8f6a4f1c01',
      generation: 1,
      resourceVersion: '100',
      creationTimestamp: '2026-01-01T00:00:00Z',
      finalizers: [],
    },
    spec: { ...defaultSpec, ...spec },
  };
}
