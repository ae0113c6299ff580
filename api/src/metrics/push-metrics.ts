import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { PushRoom } from '../ingest/push-room.ts';

/** Pushes by their answer, how long they took, and what waits. */
export class PushMetrics {
  private readonly pushes;
  private readonly seconds;

  constructor(registry: Registry, room: PushRoom) {
    const registers = [registry];
    this.pushes = new Counter({
      name: 'docksnap_pushes_total',
      help: 'Pushes received, by the HTTP status of the answer.',
      labelNames: ['status'],
      registers,
    });
    this.seconds = new Histogram({
      name: 'docksnap_push_duration_seconds',
      help: 'From the first byte of a push to its answer, for those that were accepted.',
      buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
      registers,
    });
    const waiting = new Gauge({
      name: 'docksnap_pushes_waiting_bytes',
      help: 'Bytes of pushes that wait for the database.',
      registers,
      collect: () => {
        waiting.set(room.waitingBytes);
      },
    });
  }

  answered(status: number, elapsedMs: number): void {
    this.pushes.inc({ status: String(status) });
    if (status === 200) this.seconds.observe(elapsedMs / 1000);
  }
}
