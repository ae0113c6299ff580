import type { Socket } from 'node:net';

/** Connections live about this long, so that agents spread over replicas that come and go, in ms. */
const meanAgeMs = 10 * 60 * 1000;

/** Says of each connection when it has been used long enough: after 5 to 15 minutes, drawn for each. */
export class ConnectionAges {
  private readonly ends = new WeakMap<Socket, number>();

  constructor(private readonly random: () => number = Math.random) {}

  isOver(socket: Socket, nowMs: number): boolean {
    const endMs = this.ends.get(socket) ?? nowMs + meanAgeMs * (0.5 + this.random());
    this.ends.set(socket, endMs);
    return nowMs >= endMs;
  }
}
