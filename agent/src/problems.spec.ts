import { describe, expect, it } from '@jest/globals';
import { createLog } from './log.ts';
import { Problems } from './problems.ts';

function setUp() {
  const time = { nowMs: 1000 };
  const lines: string[] = [];
  const log = createLog(
    'info',
    (line) => lines.push(line),
    () => time.nowMs,
  );
  return { time, lines, problems: new Problems(() => time.nowMs, log) };
}

describe('problems', () => {
  it('keep since when they are there, and their newest message', () => {
    const { time, problems } = setUp();
    problems.set('/pods', 'KubeletForbidden', 'first');
    time.nowMs = 5000;
    problems.set('/pods', 'KubeletForbidden', 'second');
    expect(problems.list()).toEqual([{ reason: 'KubeletForbidden', message: 'second', sinceMs: 1000 }]);
  });

  it('begin anew with another reason', () => {
    const { time, problems } = setUp();
    problems.set('/pods', 'KubeletForbidden', 'first');
    time.nowMs = 5000;
    problems.set('/pods', 'KubeletUnreachable', 'second');
    expect(problems.list()).toEqual([{ reason: 'KubeletUnreachable', message: 'second', sinceMs: 5000 }]);
  });

  it('are logged when they come and go, not each time', () => {
    const { lines, problems } = setUp();
    problems.set('spool', 'SpoolUnwritable', 'no space');
    problems.set('spool', 'SpoolUnwritable', 'no space');
    problems.clear('spool');
    problems.clear('spool');
    const logged = lines.map((line): unknown => JSON.parse(line));
    expect(logged).toEqual([
      {
        time: '1970-01-01T00:00:01.000Z',
        level: 'warn',
        message: 'no space',
        reason: 'SpoolUnwritable',
        part: 'spool',
      },
      expect.objectContaining({ level: 'info', message: 'spool works again' }),
    ]);
  });

  it('have messages of at most 2,048 characters', () => {
    const { problems } = setUp();
    problems.set('push', 'CredentialsRejected', 'x'.repeat(3000));
    expect(problems.list()[0]?.message).toHaveLength(2048);
  });
});
