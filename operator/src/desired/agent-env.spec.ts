import { describe, expect, it } from '@jest/globals';
import { parseConfig } from '../../../agent/src/config.ts';
import { sampleMonitor } from '../testing/sample-monitor.ts';
import { agentEnv } from './agent-env.ts';
import { agentFiles } from './agent-files.ts';
import { cadvisorParts } from './cadvisor.ts';

const apiUrl = 'https://docksnap-api.docksnap.svc';

/** What the kubelet makes of the environment: fields are filled in, $(NAME) is replaced by what came before. */
function asOnNode(spec: Parameters<typeof sampleMonitor>[0], nodeIp = '10.88.0.1'): Record<string, string> {
  const fields = new Map([
    ['spec.nodeName', 'node1'],
    ['status.hostIP', nodeIp],
  ]);
  const seen: Record<string, string> = {};
  const monitor = sampleMonitor(spec);
  const all = [...agentEnv(monitor, apiUrl), ...cadvisorParts(monitor, 'cadvisor:1', 'Never').env];
  for (const { name, value, valueFrom } of all) {
    const text = value ?? fields.get(valueFrom?.fieldRef?.fieldPath ?? '');
    if (text === undefined) throw new Error(`${name} has no value on a node`);
    seen[name] = text.replace(/\$\((\w+)\)/g, (reference, other: string) => seen[other] ?? reference);
  }
  return seen;
}

describe("the agent's own parser and the environment of the DaemonSet", () => {
  it('agree about an empty spec', () => {
    const config = parseConfig(asOnNode({}));
    expect(config).toMatchObject({
      nodeName: 'node1',
      source: 'Kubelet',
      kubelet: {
        url: new URL('https://10.88.0.1:10250'),
        tls: 'Auto',
        caFile: agentFiles.kubeletCa,
        tokenFile: agentFiles.kubeletToken,
      },
      endpoints: new Set(['Resource', 'CAdvisor']),
      intervalMs: 10_000,
      timeoutMs: 10_000,
      cadvisorEvery: 3,
      metricGroups: new Set(['CPU', 'Memory', 'Network', 'Filesystem', 'DiskIO', 'Process']),
      namespaces: { include: new Set(), exclude: new Set() },
      spool: { directory: agentFiles.spool, maxBytes: 268_435_456, maxAgeMs: 86_400_000 },
      api: { urls: [new URL(apiUrl)], caFile: agentFiles.apiCa, tokenFile: agentFiles.ingestToken },
      listen: { host: '0.0.0.0', port: 8081 },
      logLevel: 'info',
    });
  });

  it('agree about what a monitor sets', () => {
    const config = parseConfig(
      asOnNode({
        kubelet: { endpoints: ['Resource'], tlsVerification: 'Skip' },
        scrapeIntervalSeconds: 60,
        scrapeTimeoutSeconds: 5,
        cadvisorEvery: 60,
        metricGroups: ['Memory', 'CPU'],
        namespaces: { exclude: ['kube-system', 'batch'] },
        buffer: { limit: '16Gi', maxAgeSeconds: 604_800 },
        destination: { url: 'https://docksnap.example.com:8443' },
      }),
    );
    expect(config).toMatchObject({
      kubelet: { tls: 'Skip' },
      endpoints: new Set(['Resource']),
      intervalMs: 60_000,
      timeoutMs: 5000,
      cadvisorEvery: 60,
      metricGroups: new Set(['CPU', 'Memory']),
      namespaces: { include: new Set(), exclude: new Set(['batch', 'kube-system']) },
      spool: { maxBytes: 17_179_869_184, maxAgeMs: 604_800_000 },
      api: { urls: [new URL('https://docksnap.example.com:8443')] },
    });
  });

  it('agree about where samples come from', () => {
    const port = 9000;
    const spec = { source: { type: 'CAdvisor', cadvisor: { port, resources: {} } } } as const;
    const { source, cadvisorUrl } = parseConfig(asOnNode(spec));
    expect([source, cadvisorUrl]).toEqual(['CAdvisor', new URL(`http://127.0.0.1:${port}`)]);
  });

  it.each([
    ['the shortest interval', { scrapeIntervalSeconds: 5 }, 5000],
    ['the longest interval', { scrapeIntervalSeconds: 300 }, 300_000],
  ])('agree about %s', (_sentence, spec, intervalMs) => {
    expect(parseConfig(asOnNode(spec)).intervalMs).toBe(intervalMs);
  });

  it('agree about a node that has an IPv6 address', () => {
    expect(parseConfig(asOnNode({}, 'fd00::1')).kubelet.url.host).toBe('[fd00::1]:10250');
  });
});
