import { HttpErrorResponse } from '@angular/common/http';
import { describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { toProblem } from './problem.ts';
import { answerParser } from './unexpected-answer.ts';

const url = 'https://console.example/api/v1/nodes?x=1';
const answer = { statusCode: 503, code: 'database_unavailable', message: 'the database is away', requestId: 'r1' };

const refused = () => {
  try {
    answerParser(z.object({ items: z.array(z.object({ id: z.string() })) }))({ items: [{ id: 1 }] });
  } catch (error) {
    return error;
  }
  return undefined;
};

describe('toProblem', () => {
  it.each([
    [
      'the API’s own answer, with its request id',
      new HttpErrorResponse({ status: 503, url, error: answer }),
      {
        status: 503,
        code: 'database_unavailable',
        message: 'The database is away.',
        path: '/api/v1/nodes',
        requestId: 'r1',
      },
    ],
    [
      'no answer at all',
      new HttpErrorResponse({ status: 0, url, error: new TypeError('Failed to fetch') }),
      { status: 0, code: 'unreachable', path: '/api/v1/nodes', requestId: null },
    ],
    [
      'no answer in time',
      new HttpErrorResponse({ status: 0, url, error: new DOMException('late', 'TimeoutError') }),
      { status: 0, code: 'timeout' },
    ],
    [
      'a proxy’s page',
      new HttpErrorResponse({ status: 502, url, error: '<html>Bad Gateway</html>' }),
      { status: 502, code: 'failed', requestId: null },
    ],
    ['an answer of another version', refused(), { code: 'unexpected_answer' }],
    ['an error around another', new Error('wrapped', { cause: refused() }), { code: 'unexpected_answer' }],
    ['anything else that is thrown', 'oh', { code: 'failed', message: 'oh' }],
  ])('maps %s', (_sentence, error, expected) => {
    expect(toProblem(error)).toMatchObject(expected);
  });

  it('names the place where an answer differs', () => {
    expect(toProblem(refused()).message).toMatch(/items\.0\.id/);
  });
});
