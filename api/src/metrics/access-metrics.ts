import { Counter, type Registry } from 'prom-client';
import type { RefusedTokens } from '../access/read-tokens/refused-tokens.ts';

/** Read tokens that were refused, by reason: a rise tells of a script with an old token, or of somebody who guesses. */
export function registerRefusedTokens(registry: Registry, refused: RefusedTokens): void {
  const counter = new Counter({
    name: 'docksnap_read_tokens_refused_total',
    help: 'Requests whose read token was refused, by reason.',
    labelNames: ['reason'],
    registers: [registry],
    collect: () => {
      counter.reset();
      for (const [reason, count] of refused.totals) counter.inc({ reason }, count);
    },
  });
}
