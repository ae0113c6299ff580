import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { EngineEvents } from './engine-events.ts';

const id = 'a'.repeat(64);
/** An event as Docker 20.10 sends it. */
const line = (action: string, time: number, attributes: Record<string, string> = {}): string =>
  JSON.stringify({
    Type: 'container',
    Action: action,
    Actor: { ID: id, Attributes: { name: 'web-1', ...attributes } },
    time,
  });

function after(...lines: readonly string[]): EngineEvents {
  const events = new EngineEvents();
  for (const each of lines) events.take(each);
  return events;
}

describe('events of the engine', () => {
  it.each([
    [
      'an end with success',
      [line('die', 7, { exitCode: '0' })],
      { reason: 'Completed', exitCode: 0, finishedAtMs: 7000 },
    ],
    ['an end without', [line('die', 7, { exitCode: '3' })], { reason: 'Error', exitCode: 3, finishedAtMs: 7000 }],
    [
      'a kill for want of memory, which the engine forgets at the next start',
      [line('oom', 6), line('die', 7, { exitCode: '137' }), line('start', 8)],
      { reason: 'OOMKilled', exitCode: 137, finishedAtMs: 7000 },
    ],
    [
      'an end after a start that followed one',
      [line('oom', 6), line('die', 7, { exitCode: '137' }), line('start', 8), line('die', 9, { exitCode: '1' })],
      { reason: 'Error', exitCode: 1, finishedAtMs: 9000 },
    ],
  ])('tell %s', (_what, lines, termination) => {
    expect(after(...lines).of(id).termination).toEqual(termination);
  });

  it('name each container that changed once, and when the newest came', () => {
    const events = after(line('rename', 5), line('update', 6));
    expect([...events.takeChanged()]).toEqual([id]);
    expect([...events.takeChanged()]).toEqual([]);
    expect(events.lastSeconds).toBe(6);
  });

  it('forget containers that are gone', () => {
    const events = after(line('die', 7, { exitCode: '0' }));
    events.keep(new Set());
    expect(events.of(id).termination).toBeUndefined();
  });

  it('do no harm, whatever they are', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        after(text);
      }),
    );
  });
});
