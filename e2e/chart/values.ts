/** The values with which the chart is looked at, by the name of their golden file. */
export const variants = {
  default: { sentence: 'with its own values', values: {}, namespaces: ['docksnap'] },
  elaborate: {
    sentence: 'with every branch taken',
    values: {
      watchNamespaces: ['team-b', 'team-a'],
      clusterName: 'production',
      registry: 'registry.example.com:5000/mirror',
      imagePullSecrets: [{ name: 'registry' }],
      agent: { image: { digest: `sha256:${'0'.repeat(64)}` } },
      mongodb: { uriSecret: { name: 'mongodb' } },
      api: { tls: { secretName: 'own-certificate' }, publicOrigins: ['https://docksnap.example.com'] },
      operator: { replicas: 1, nodeSelector: { role: 'infra' }, podLabels: { team: 'platform' } },
    },
    namespaces: ['team-a', 'team-b'],
  },
} as const;

/** Building Helm, where it is not built yet, may take this long. */
export const HELM_TIMEOUT_MS = 10 * 60_000;
