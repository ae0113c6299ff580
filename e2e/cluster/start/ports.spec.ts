import { describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { areFree, findPorts, portsOf } from './ports.ts';

describe('portsOf', () => {
  it('gives the same cluster the same two ports, and the next ones on a second attempt', () => {
    expect(portsOf('0000000a', 0)).toEqual({ apiServerPort: 20_020, consolePort: 20_021 });
    expect(portsOf('0000000a', 1)).toEqual({ apiServerPort: 20_022, consolePort: 20_023 });
  });

  it.each(['00000000', 'ffffffff', 'b5c6d190'])('stays below the ports that Linux gives to clients: %s', (id) => {
    for (let attempt = 0; attempt < 5_000; attempt += 1) expect(portsOf(id, attempt).consolePort).toBeLessThan(32_768);
  });
});

describe('findPorts', () => {
  it('passes over two of which one is taken', async () => {
    const wanted = await findPorts('12345678');
    const taken = createServer().listen(wanted.consolePort, '127.0.0.1');
    await once(taken, 'listening');
    try {
      expect(await areFree(wanted)).toBe(false);
      expect((await findPorts('12345678')).apiServerPort).toBeGreaterThan(wanted.apiServerPort);
    } finally {
      taken.close();
    }
  });
});
