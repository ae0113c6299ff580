import { describe, expect, it } from '@jest/globals';
import { PushRoom, roomBytes } from './push-room.ts';

describe('PushRoom', () => {
  it('takes as many bytes as there is room for, and more when some are done', async () => {
    const room = new PushRoom();
    const first = Promise.withResolvers<string>();
    const held = room.hold(roomBytes, () => first.promise);
    expect(room.waitingBytes).toBe(roomBytes);
    await expect(room.hold(1, async () => Promise.resolve())).rejects.toMatchObject({
      status: 503,
      details: { retryAfterSeconds: 5 },
    });
    first.resolve('done');
    expect(await held).toBe('done');
    expect(await room.hold(1, async () => Promise.resolve('next'))).toBe('next');
    expect(room.waitingBytes).toBe(0);
  });

  it('gives room back after a failure', async () => {
    const room = new PushRoom();
    await expect(room.hold(roomBytes, async () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(room.waitingBytes).toBe(0);
  });
});
