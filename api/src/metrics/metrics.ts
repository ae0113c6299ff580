import { Injectable } from '@nestjs/common';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { RefusedTokens } from '../access/read-tokens/refused-tokens.ts';
import { PushRoom } from '../ingest/push-room.ts';
import { LiveNodes } from '../live/live-nodes.ts';
import { registerRefusedTokens } from './access-metrics.ts';
import { registerLedger } from './ledger-metrics.ts';
import { PushMetrics } from './push-metrics.ts';

/** Everything that is measured of this process. */
@Injectable()
export class Metrics {
  readonly registry = new Registry();
  readonly pushes: PushMetrics;

  constructor(live: LiveNodes, room: PushRoom, refusedTokens: RefusedTokens) {
    collectDefaultMetrics({ register: this.registry });
    registerLedger(this.registry, live);
    registerRefusedTokens(this.registry, refusedTokens);
    this.pushes = new PushMetrics(this.registry, room);
  }
}
