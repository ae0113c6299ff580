import { once } from 'node:events';
import { createConnection, createServer, type Server } from 'node:net';

/** A port of loopback or the path of a Unix socket. */
export type Place = number | string;

/** Passes each connection to one place on to another; a fault on one side is one on the other. */
export async function bridge(from: Place, to: Place): Promise<Server> {
  const server = createServer((near) => {
    const far = typeof to === 'number' ? createConnection(to, '127.0.0.1') : createConnection(to);
    near.on('error', () => far.destroy()).on('close', () => far.destroy());
    far.on('error', () => near.destroy()).on('close', () => near.destroy());
    near.pipe(far).pipe(near);
  });
  if (typeof from === 'number') server.listen(from, '127.0.0.1');
  else server.listen(from);
  await once(server, 'listening');
  return server;
}
