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
      commonLabels: { owner: 'platform' },
      commonAnnotations: { 'example.com/contact': 'platform@example.com' },
      agent: { image: { digest: `sha256:${'0'.repeat(64)}` }, cadvisorImage: 'registry.example.com/cadvisor:0.38.7' },
      mongodb: { uriSecret: { name: 'mongodb' }, tlsSecret: { name: 'mongodb-tls' } },
      api: {
        replicas: 3,
        tls: { secretName: 'own-certificate' },
        publicOrigins: ['https://docksnap.example.com'],
        tolerations: [{ key: 'infra', operator: 'Exists' }],
        affinity: { nodeAffinity: {} },
        priorityClassName: 'important',
        podAnnotations: { 'example.com/scrape': 'no' },
        env: [
          { name: 'HTTPS_PROXY', value: 'http://proxy.example.com:3128' },
          { name: 'NODE_OPTIONS', valueFrom: { configMapKeyRef: { name: 'tuning', key: 'node' } } },
        ],
      },
      operator: { replicas: 1, nodeSelector: { role: 'infra' }, podLabels: { team: 'platform' } },
      console: {
        service: {
          enabled: true,
          loadBalancerClass: 'example.com/internal',
          loadBalancerSourceRanges: ['192.0.2.0/24'],
          annotations: { 'example.com/scheme': 'internal' },
        },
        ingress: {
          enabled: true,
          className: 'nginx',
          host: 'docksnap.example.com',
          tlsSecretName: 'docksnap-example-com',
          annotations: { 'nginx.ingress.kubernetes.io/backend-protocol': 'HTTPS' },
        },
        httpRoute: {
          enabled: true,
          host: 'metrics.example.com',
          parentRefs: [{ name: 'public', namespace: 'gateways', sectionName: 'https' }, { name: 'private' }],
        },
      },
      metrics: { serviceMonitor: { enabled: true, labels: { prometheus: 'main' } } },
      networkPolicies: {
        enabled: true,
        metricsFrom: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'monitoring' } } }],
      },
    },
    namespaces: ['team-a', 'team-b'],
  },
  closed: {
    sentence: 'with one API and a trial database that nobody else may reach',
    values: {
      crds: { keep: false },
      api: { replicas: 1 },
      networkPolicies: { enabled: true },
      console: { ingress: { enabled: true, host: 'docksnap.example.com' } },
      trialDatabase: { storage: { storageClassName: 'fast' } },
    },
    namespaces: ['docksnap'],
  },
} as const;

/** Building Helm, where it is not built yet, may take this long. */
export const HELM_TIMEOUT_MS = 10 * 60_000;
