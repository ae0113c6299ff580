import { Injectable } from '@nestjs/common';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { PushRoom } from '../ingest/push-room.ts';
import { LiveNodes } from '../live/live-nodes.ts';
import { registerLedger } from './ledger-metrics.ts';
import { PushMetrics } from './push-metrics.ts';

/** Everything that is measured of this process. */
@Injectable()
export class Metrics {
  readonly registry = new Registry();
  readonly pushes: PushMetrics;

  constructor(live: LiveNodes, room: PushRoom) {
    collectDefaultMetrics({ register: this.registry });
    registerLedger(this.registry, live);
    this.pushes = new PushMetrics(this.registry, room);
  }
}
