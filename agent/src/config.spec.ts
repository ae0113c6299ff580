import { describe, expect, it } from '@jest/globals';
import { parseConfig } from './config.ts';

const least = { DOCKSNAP_NODE_NAME: 'node-1', DOCKSNAP_NODE_IP: '10.0.0.7' };

describe('parseConfig', () => {
  it('needs the name and address of the node alone', () => {
    const config = parseConfig(least);
    expect(config).toMatchObject({
      nodeName: 'node-1',
      kubelet: { tls: 'Auto', caFile: undefined, tokenFile: undefined },
      endpoints: new Set(['Resource', 'CAdvisor']),
      metricGroups: new Set(['CPU', 'Memory', 'Network', 'Filesystem', 'DiskIO', 'Process']),
      intervalMs: 10_000,
      timeoutMs: 10_000,
      cadvisorEvery: 3,
      namespaces: { include: new Set(), exclude: new Set() },
      spool: { directory: '/var/lib/docksnap', maxBytes: 268_435_456, maxAgeMs: 86_400_000 },
      listen: { host: '0.0.0.0', port: 8081 },
      logLevel: 'info',
    });
    expect(config.kubelet.url.href).toBe('https://10.0.0.7:10250/');
    expect(config.api.urls.map((url) => url.href)).toEqual(['https://docksnap-api.docksnap.svc/']);
  });

  it('brackets an IPv6 address', () => {
    expect(parseConfig({ ...least, DOCKSNAP_NODE_IP: 'fd00::7' }).kubelet.url.href).toBe('https://[fd00::7]:10250/');
  });

  it('takes several API addresses and namespaces', () => {
    const config = parseConfig({
      ...least,
      DOCKSNAP_API_URL: 'https://a.example, https://b.example:8443/docksnap',
      DOCKSNAP_NAMESPACES_INCLUDE: 'shop, batch',
      DOCKSNAP_NAMESPACES_EXCLUDE: '',
    });
    expect(config.api.urls.map((url) => url.href)).toEqual(['https://a.example/', 'https://b.example:8443/docksnap']);
    expect(config.namespaces.include).toEqual(new Set(['shop', 'batch']));
    expect(config.namespaces.exclude).toEqual(new Set());
  });

  it.each([
    ['Machine', 'true', true],
    ['CAdvisor', 'true', true],
    ['Machine', '', false],
    ['Kubelet', 'false', false],
  ])('with the source %s and DOCKSNAP_PROCESSES=%j sends processes: %j', (source, value, expected) => {
    const env = { ...least, DOCKSNAP_SOURCE: source, DOCKSNAP_PROCESSES: value };
    expect(parseConfig(env).processes).toBe(expected);
  });

  it('waits no longer for a page than the next tick', () => {
    expect(parseConfig({ ...least, DOCKSNAP_SCRAPE_INTERVAL_SECONDS: '5' }).timeoutMs).toBe(5000);
  });

  it.each([
    ['DOCKSNAP_NODE_NAME', ''],
    ['DOCKSNAP_NODE_IP', ''],
    ['DOCKSNAP_SCRAPE_INTERVAL_SECONDS', '0'],
    ['DOCKSNAP_SCRAPE_INTERVAL_SECONDS', '301'],
    ['DOCKSNAP_SCRAPE_INTERVAL_SECONDS', '1.5'],
    ['DOCKSNAP_SCRAPE_TIMEOUT_SECONDS', '11'],
    ['DOCKSNAP_CADVISOR_EVERY', '61'],
    ['DOCKSNAP_CADVISOR_EVERY', '-3'],
    ['DOCKSNAP_SPOOL_BYTES', '1048575'],
    ['DOCKSNAP_SPOOL_SECONDS', 'a day'],
    ['DOCKSNAP_KUBELET_TLS', 'auto'],
    ['DOCKSNAP_KUBELET_URL', 'http://10.0.0.7:10255'],
    ['DOCKSNAP_API_URL', 'http://docksnap-api.docksnap.svc'],
    ['DOCKSNAP_API_URL', 'https://user:secret@api.example'],
    ['DOCKSNAP_API_URL', 'api.example'],
    ['DOCKSNAP_ENDPOINTS', 'Resource,Summary'],
    ['DOCKSNAP_METRIC_GROUPS', 'CPU,GPU'],
    ['DOCKSNAP_PROCESSES', 'yes'],
    ['DOCKSNAP_PROCESSES', 'true'],
    ['DOCKSNAP_LISTEN', '8081'],
    ['DOCKSNAP_LISTEN', '0.0.0.0:65536'],
    ['DOCKSNAP_LOG_LEVEL', 'verbose'],
  ])('refuses %s=%j in one sentence that says what is allowed', (name, value) => {
    const config = () => parseConfig({ ...least, [name]: value });
    expect(config).toThrow(new RegExp(`^${name} is "[^"]*"; allowed (is|are) [^\\n]+$`));
  });

  it.each(['1', '300'])('takes the edge of a range: %s seconds', (value) => {
    expect(parseConfig({ ...least, DOCKSNAP_SCRAPE_INTERVAL_SECONDS: value }).intervalMs).toBe(Number(value) * 1000);
  });
});
