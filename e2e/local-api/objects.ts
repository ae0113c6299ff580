/** What the chart would make, as far as the API needs it. */
export const releaseNamespace = 'docksnap';
export const nodeName = 'node-1';
export const agentPod = 'docksnap-agent-node-1';

const secrets = ['docksnap-admin', 'docksnap-api-tls', 'docksnap-database-tls', 'docksnap-database-client-tls'];
const inRelease = (kind: string, name: string, rest: object = {}): object => ({
  apiVersion: 'v1',
  kind,
  metadata: { name, namespace: releaseNamespace },
  ...rest,
});

/** In the order in which they can be made. */
export const objects: readonly object[] = [
  { apiVersion: 'v1', kind: 'Namespace', metadata: { name: releaseNamespace } },
  { apiVersion: 'v1', kind: 'Node', metadata: { name: nodeName } },
  ...secrets.map((name) => inRelease('Secret', name)),
  inRelease('ConfigMap', 'docksnap-ca'),
  inRelease('ServiceAccount', 'docksnap-agent'),
  inRelease('ServiceAccount', 'docksnap-operator'),
  inRelease('Pod', agentPod, {
    spec: {
      nodeName,
      serviceAccountName: 'docksnap-agent',
      automountServiceAccountToken: false,
      containers: [{ name: 'agent', image: 'localhost/none', imagePullPolicy: 'Never' }],
    },
  }),
];
