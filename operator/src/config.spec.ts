import { describe, expect, it } from '@jest/globals';
import { readConfig } from './config.ts';

const least = {
  DOCKSNAP_WATCH_NAMESPACES: 'docksnap, shop',
  DOCKSNAP_NAMESPACE: 'docksnap',
  POD_NAME: 'docksnap-operator-0',
  DOCKSNAP_AGENT_IMAGE: 'docksnap/agent:1',
  DOCKSNAP_API_URL: 'https://docksnap-api.docksnap.svc',
  DOCKSNAP_API_CA_FILE: '/ca.crt',
  DOCKSNAP_OPERATOR_TOKEN_FILE: '/token',
};

describe('readConfig', () => {
  it('fills in what may be left out', () => {
    expect(readConfig(least)).toEqual({
      watchNamespaces: ['docksnap', 'shop'],
      namespace: 'docksnap',
      identity: 'docksnap-operator-0',
      version: '0.0.0',
      agentImage: 'docksnap/agent:1',
      agentImagePullPolicy: 'IfNotPresent',
      cadvisorImage: '',
      apiUrl: 'https://docksnap-api.docksnap.svc',
      apiCaFile: '/ca.crt',
      tokenFile: '/token',
      listen: { address: '0.0.0.0', port: 8081 },
      logLevel: 'info',
    });
  });

  it.each([
    ['a namespace to watch', { DOCKSNAP_WATCH_NAMESPACES: undefined }, 'DOCKSNAP_WATCH_NAMESPACES= is needed'],
    ['a namespace that is no name', { DOCKSNAP_WATCH_NAMESPACES: 'a,,b' }, 'names of namespaces, separated by commas'],
    ['an agent image', { DOCKSNAP_AGENT_IMAGE: '' }, 'DOCKSNAP_AGENT_IMAGE= is needed'],
    ['an API by plain http', { DOCKSNAP_API_URL: 'http://api' }, 'DOCKSNAP_API_URL=http://api must be an https URL'],
    ['an unknown log level', { DOCKSNAP_LOG_LEVEL: 'loud' }, 'must be debug, info, warn or error'],
    ['an address without a port', { DOCKSNAP_LISTEN: '0.0.0.0' }, 'DOCKSNAP_LISTEN=0.0.0.0 must be ADDRESS:PORT'],
    ['a port above 65535', { DOCKSNAP_LISTEN: '0.0.0.0:65536' }, 'must be ADDRESS:PORT'],
  ])('refuses to do without, or with, %s', (_sentence, change, words) => {
    expect(() => readConfig({ ...least, ...change })).toThrow(words);
  });
});
