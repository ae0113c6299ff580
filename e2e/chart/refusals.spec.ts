import { beforeAll, describe, expect, it } from '@jest/globals';
import { helm, render } from './render.ts';
import { HELM_TIMEOUT_MS } from './values.ts';

beforeAll(async () => {
  await helm(['version']);
}, HELM_TIMEOUT_MS);

const tls = { tlsSecret: { name: 'authority' } };
const route = { enabled: true, host: 'docksnap.example.com', parentRefs: [{ name: 'public' }] };

describe('the schema of the values', () => {
  it.each([
    ['a value that nobody knows', { replicas: 3 }, "at '': additional properties 'replicas' not allowed"],
    ['a nested one', { api: { retention: 3 } }, "at '/api': additional properties 'retention' not allowed"],
    ['a wrong type', { api: { retentionHours: 'a week' } }, "at '/api/retentionHours': got string, want integer"],
    ['no hours at all', { api: { retentionHours: 0 } }, "at '/api/retentionHours': minimum: got 0, want 1"],
    ['more than is allowed', { operator: { replicas: 9 } }, "at '/operator/replicas': maximum: got 9, want 5"],
    ['no replica', { api: { replicas: 0 } }, "at '/api/replicas': minimum: got 0, want 1"],
    ['an origin without https', { api: { publicOrigins: ['http://x'] } }, "'http://x' does not match pattern"],
    ['two origins in one', { api: { publicOrigins: ['https://x,https://y'] } }, 'does not match pattern'],
    ['a digest that is none', { api: { image: { digest: 'latest' } } }, "at '/api/image/digest': 'latest' does not"],
    ['a tag with a blank', { api: { image: { tag: 'a b' } } }, "at '/api/image/tag': 'a b' does not match pattern"],
    ['a registry with a scheme', { registry: 'https://x' }, "at '/registry': 'https://x' does not match pattern"],
    ['a namespace that cannot be', { watchNamespaces: ['Team_A'] }, "at '/watchNamespaces/0': 'Team_A' does not"],
    ['a namespace twice', { watchNamespaces: ['a', 'a'] }, "at '/watchNamespaces': items at 0 and 1 are equal"],
    ['a Secret that cannot be', { mongodb: { uriSecret: { name: '../x' } } }, "'../x' does not match pattern"],
    ['a label that cannot be', { api: { podLabels: { a: 'b c' } } }, "at '/api/podLabels/a': 'b c' does not match"],
    ['memory in no unit', { api: { resources: { limits: { memory: '1GB' } } } }, "'1GB' does not match pattern"],
    ['a volume of no size', { trialDatabase: { storage: { size: 'large' } } }, "'large' does not match pattern"],
    ['a toleration that nobody knows', { api: { tolerations: [{ effects: 'x' }] } }, "'effects' not allowed"],
    [
      'a variable with two values',
      { api: { env: [{ name: 'A', value: 'x', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } }] } },
      "at '/api/env/0': 'oneOf' failed",
    ],
    [
      'a host with a path',
      { console: { ingress: { enabled: true, host: 'x.example.com/console' } } },
      "'x.example.com/console' does not match pattern",
    ],
  ])('refuses %s, in words', async (_sentence, values, words) => {
    await expect(render(values)).rejects.toThrow(words);
  });
});

describe('the chart refuses what cannot work, in words:', () => {
  it.each([
    [
      "a variable of the chart's own",
      { api: { env: [{ name: 'DOCKSNAP_NAMESPACE', value: 'x' }] } },
      "api.env must not set DOCKSNAP_NAMESPACE: names that start with DOCKSNAP_ are the chart's own",
    ],
    [
      'a variable twice',
      {
        operator: {
          env: [
            { name: 'A', value: 'x' },
            { name: 'A', value: 'y' },
          ],
        },
      },
      'operator.env sets A twice',
    ],
    [
      'a label by which pods are found',
      { trialDatabase: { podLabels: { 'app.kubernetes.io/component': 'x' } } },
      'trialDatabase.podLabels must not set app.kubernetes.io/component',
    ],
    [
      'such a label on everything',
      { commonLabels: { 'app.kubernetes.io/name': 'x' } },
      'commonLabels must not set app.kubernetes.io/name',
    ],
    [
      'a label in two places',
      { commonLabels: { team: 'a' }, api: { podLabels: { team: 'b' } } },
      'api.podLabels and commonLabels both set team',
    ],
    [
      "a label of the ServiceMonitors' in two places",
      { commonLabels: { team: 'a' }, metrics: { serviceMonitor: { labels: { team: 'b' } } } },
      'metrics.serviceMonitor.labels and commonLabels both set team',
    ],
    [
      'an order to Helm on everything',
      { commonAnnotations: { 'helm.sh/hook': 'post-install' } },
      'commonAnnotations must not set helm.sh/hook',
    ],
    [
      'a Secret of the chart in place of yours',
      { mongodb: { uriSecret: { name: 'docksnap-admin' } } },
      "mongodb.uriSecret.name must not be docksnap-admin: that Secret is the chart's",
    ],
    ['an authority for no MongoDB', { mongodb: tls }, 'mongodb.tlsSecret.name is for a MongoDB of yours'],
    [
      'networks for a Service that no load balancer makes',
      { console: { service: { enabled: true, type: 'NodePort', loadBalancerSourceRanges: ['192.0.2.0/24'] } } },
      'are for the type LoadBalancer, not NodePort',
    ],
    [
      'an Ingress for no host',
      { console: { ingress: { enabled: true } } },
      'console.ingress.enabled needs console.ingress.host',
    ],
    [
      'a route for no host',
      { console: { httpRoute: { ...route, host: '' } } },
      'console.httpRoute.enabled needs console.httpRoute.host',
    ],
    [
      'a route from no Gateway',
      { console: { httpRoute: { ...route, parentRefs: [] } } },
      'console.httpRoute.enabled needs console.httpRoute.parentRefs',
    ],
  ])('%s', async (_sentence, values, words) => {
    await expect(render(values)).rejects.toThrow(words);
  });

  it.each([
    ['a route', { console: { httpRoute: route } }, 'needs the Gateway API 1.4 or later'],
    ['a ServiceMonitor', { metrics: { serviceMonitor: { enabled: true } } }, 'needs the Prometheus operator'],
  ])('%s that the cluster does not know', async (_sentence, values, words) => {
    await expect(render(values, 'docksnap', [])).rejects.toThrow(words);
    await expect(render(values)).resolves.toContain('kind: ');
  });
});
