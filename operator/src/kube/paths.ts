const group = '/apis/docksnap.io/v1';

/** The API server's paths of what the operator reads and writes. */
export const paths = {
  monitors: (namespace: string) => `${group}/namespaces/${namespace}/docksnapmonitors`,
  daemonSets: (namespace: string) => `/apis/apps/v1/namespaces/${namespace}/daemonsets`,
  pods: (namespace: string) => `/api/v1/namespaces/${namespace}/pods`,
  nodes: '/api/v1/nodes',
  events: (namespace: string) => `/apis/events.k8s.io/v1/namespaces/${namespace}/events`,
} as const;
