import { TestBed } from '@angular/core/testing';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { noonMs } from '../../testing/answers.ts';
import { FakeEventStream } from '../../testing/fake-event-stream.ts';
import { browserNow } from '../time/clock.ts';
import { LiveStream, openEventStream } from './live-stream.ts';

const streams: FakeEventStream[] = [];
const seen: string[] = [];
const follower = {
  events: { tick: (json: unknown) => seen.push(JSON.stringify(json)) },
  resumed: () => seen.push('resumed'),
  lost: () => seen.push('lost'),
};

describe('LiveStream', () => {
  beforeEach(() => {
    jest.useFakeTimers();
    streams.length = 0;
    seen.length = 0;
    const open = (url: string) => {
      const stream = new FakeEventStream(url);
      streams.push(stream);
      return stream;
    };
    TestBed.configureTestingModule({
      providers: [
        { provide: browserNow, useValue: () => noonMs },
        { provide: openEventStream, useValue: open },
      ],
    });
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('hands events to the page', () => {
    const live = TestBed.inject(LiveStream);
    live.follow('/a', follower);
    streams[0]?.succeed();
    streams[0]?.send('tick', { nodeId: 'n', tickMs: 1 });
    streams[0]?.send('unheard', {});
    expect(live.state()).toEqual({ kind: 'open' });
    expect(seen).toEqual(['{"nodeId":"n","tickMs":1}']);
  });

  it('comes back by itself after a wait, and says so to the page', () => {
    const live = TestBed.inject(LiveStream);
    live.follow('/a', follower);
    streams[0]?.succeed();
    streams[0]?.fail();
    expect(live.state()).toMatchObject({ kind: 'lost', sinceMs: noonMs, failures: 1 });
    expect(streams[0]?.isClosed).toBe(true);
    jest.advanceTimersByTime(1000);
    expect(streams).toHaveLength(2);
    streams[1]?.succeed();
    expect(seen).toEqual(['lost', 'resumed']);
  });

  it('keeps since when it is lost over all its tries', () => {
    const live = TestBed.inject(LiveStream);
    live.follow('/a', follower);
    for (const failures of [1, 2, 3]) {
      streams.at(-1)?.fail();
      expect(live.state()).toMatchObject({ kind: 'lost', sinceMs: noonMs, failures });
      jest.advanceTimersByTime(30_000);
    }
    expect(streams).toHaveLength(4);
  });

  it('leaves the old stream when the page follows another, or none', () => {
    const live = TestBed.inject(LiveStream);
    live.follow('/a', follower);
    live.follow('/b', follower);
    expect(streams.map((stream) => [stream.url, stream.isClosed])).toEqual([
      ['/a', true],
      ['/b', false],
    ]);
    streams[1]?.fail();
    live.stop();
    jest.advanceTimersByTime(60_000);
    expect(streams).toHaveLength(2);
    expect(live.state()).toEqual({ kind: 'off' });
  });
});
