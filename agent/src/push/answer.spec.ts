import { describe, expect, it } from '@jest/globals';
import { interpretAnswer } from './answer.ts';

const nowMs = Date.parse('2026-11-24T12:00:00Z');
const error = (code: string) => JSON.stringify({ code, message: 'why' });

describe('interpretAnswer', () => {
  it.each<[number, string, object]>([
    [200, '{"stored":1,"duplicate":0}', { kind: 'stored' }],
    [409, '{"code":"need","message":"m","need":["a","b",7]}', { kind: 'need', hashes: ['a', 'b'] }],
    [409, '{"code":"need","message":"m","need":[],"rosters":["c"]}', { kind: 'need', hashes: ['c'] }],
    [409, error('conflict'), { kind: 'rejected', message: '409 conflict: why' }],
    [409, error('superseded'), { kind: 'superseded', message: '409 superseded: why' }],
    [400, error('malformed_block'), { kind: 'rejected', message: '400 malformed_block: why' }],
    [413, error('too_large'), { kind: 'rejected' }],
    [401, error('unauthenticated'), { kind: 'refused' }],
    [403, error('forbidden'), { kind: 'refused', message: '403 forbidden: why' }],
    [415, error('unsupported_version'), { kind: 'unsupported' }],
    [429, error('too_many_requests'), { kind: 'later', message: '429 too_many_requests: why' }],
    [500, error('internal'), { kind: 'later', retryAfterMs: undefined }],
    [502, '<html>Bad Gateway</html>', { kind: 'later', message: '502 : <html>Bad Gateway</html>' }],
    [404, '', { kind: 'later' }],
    [302, '', { kind: 'later' }],
  ])('%d %s', (status, body, expected) => {
    expect(interpretAnswer(status, undefined, body, nowMs)).toMatchObject(expected);
  });

  it.each([
    ['7', 7000],
    ['0', 0],
    ['Tue, 24 Nov 2026 12:00:30 GMT', 30_000],
    ['Tue, 24 Nov 2026 11:00:00 GMT', 0],
    ['soon', undefined],
  ])('reads Retry-After: %s', (value, retryAfterMs) => {
    expect(interpretAnswer(503, value, '', nowMs)).toMatchObject({ kind: 'later', retryAfterMs });
  });
});
