/** In a network namespace of its own: makes ports of the outside reachable there, and one of its own outside. */
import { bridge } from './bridge.ts';

const [health = '', healthSocket = '', ...ways] = process.argv.slice(2);
await bridge(healthSocket, Number(health));
for (const way of ways) {
  const [port = '', socket = ''] = way.split('=');
  await bridge(Number(port), socket);
}
