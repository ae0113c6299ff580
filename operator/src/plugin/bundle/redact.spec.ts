import { describe, expect, it } from '@jest/globals';
import { textWithoutSecrets, withoutSecrets } from './redact.ts';

const token = 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4In0.c2lnbmF0dXJl';

describe('textWithoutSecrets', () => {
  it.each([
    ['a password in a URI', 'mongodb://admin:canary@mongo:27017/x', 'mongodb://(taken out)@mongo:27017/x'],
    ['a token', `token was ${token}.`, 'token was (taken out).'],
    ['a header', 'Authorization: Bearer abcdefgh12345678', 'Authorization: (taken out) (taken out)'],
    ['a password in JSON', '{"password":"canary","user":"x"}', '{"password":"(taken out)","user":"x"}'],
    ['a key', '-----BEGIN PRIVATE KEY-----\ncanary\n-----END PRIVATE KEY-----', '(taken out)'],
  ])('takes out %s', (_what, text, rest) => {
    expect(textWithoutSecrets(text)).toBe(rest);
  });

  it('leaves other words alone', () => {
    const text = 'node node1: pod docksnap-agent-x7 is not ready; see https://docksnap.io/docs';
    expect(textWithoutSecrets(text)).toBe(text);
  });
});

describe('withoutSecrets', () => {
  it('takes out values of variables that are not DockSnap’s, and of the one that may hold a password', () => {
    const env = [
      { name: 'HTTPS_PROXY', value: 'canary' },
      { name: 'DOCKSNAP_MONGODB_URI', value: 'canary' },
      { name: 'DOCKSNAP_LOG_LEVEL', value: 'debug' },
    ];
    expect(withoutSecrets({ spec: { env } })).toEqual({
      spec: {
        env: [
          { name: 'HTTPS_PROXY', value: '(taken out)' },
          { name: 'DOCKSNAP_MONGODB_URI', value: '(taken out)' },
          { name: 'DOCKSNAP_LOG_LEVEL', value: 'debug' },
        ],
      },
    });
  });

  it('takes out annotations, arguments and data whole', () => {
    const object = { metadata: { name: 'x', annotations: { a: 'canary' } }, data: { a: 'canary' }, args: ['canary'] };
    expect(JSON.stringify(withoutSecrets(object))).not.toContain('canary');
    expect(withoutSecrets(object)).toMatchObject({ metadata: { name: 'x' } });
  });
});
