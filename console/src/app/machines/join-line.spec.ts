import { describe, expect, it } from '@jest/globals';
import { joinLine } from './join-line.ts';

const made = { token: 'dsj_t', expiresAtMs: 0, url: 'https://192.0.2.7:8443', caCertHash: 'sha256:ab' };

describe('the line', () => {
  it.each([
    ['names address and authority', {}, 'https://192.0.2.7:8443 --token dsj_t --ca-cert-hash sha256:ab'],
    ['names no authority that all know', { caCertHash: null }, 'https://192.0.2.7:8443 --token dsj_t'],
    [
      'has this page’s address where none is told',
      { url: null, caCertHash: null },
      'https://console.example --token dsj_t',
    ],
  ])('%s', (_sentence, differences, expected) => {
    expect(joinLine({ ...made, ...differences }, 'https://console.example')).toBe(
      `node docksnap-agent.mjs join ${expected}`,
    );
  });

  it('never has an address that is good on this machine alone', () => {
    expect(joinLine({ ...made, url: null }, 'http://127.0.0.1:8080')).toContain(
      'join https://ADDRESS-OF-THIS-API --token',
    );
  });
});
