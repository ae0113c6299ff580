/** What the chart would make, as far as the API needs it. */
export const releaseNamespace = 'docksnap';
export const nodeName = 'node-1';

const secrets = ['docksnap-admin', 'docksnap-api-tls', 'docksnap-database-tls', 'docksnap-database-client-tls'];
const inRelease = (kind: string, name: string, rest: object = {}): object => ({
  apiVersion: 'v1',
  kind,
  metadata: { name, namespace: releaseNamespace },
  ...rest,
});

/** The name of a node's agent's pod. */
export function agentPodOf(node: string): string {
  return `docksnap-agent-${node}`;
}

/** A node, and the pod that its agent's token is bound to. */
export function nodeObjects(node: string): readonly object[] {
  return [
    { apiVersion: 'v1', kind: 'Node', metadata: { name: node } },
    inRelease('Pod', agentPodOf(node), {
      spec: {
        nodeName: node,
        serviceAccountName: 'docksnap-agent',
        automountServiceAccountToken: false,
        containers: [{ name: 'agent', image: 'localhost/none', imagePullPolicy: 'Never' }],
      },
    }),
  ];
}

/** In the order in which they can be made. */
export const objects: readonly object[] = [
  { apiVersion: 'v1', kind: 'Namespace', metadata: { name: releaseNamespace } },
  ...secrets.map((name) => inRelease('Secret', name)),
  inRelease('ConfigMap', 'docksnap-ca'),
  inRelease('ServiceAccount', 'docksnap-agent'),
  inRelease('ServiceAccount', 'docksnap-operator'),
  ...nodeObjects(nodeName),
];
