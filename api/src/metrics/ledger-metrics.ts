import { Counter, type Registry } from 'prom-client';
import type { LiveNode, LiveNodes } from '../live/live-nodes.ts';

type Count = readonly [labels: Record<string, string>, value: number];

/** What became of each node's ticks since it is known; `collected` and `dropped` as its agents say. */
export function registerLedger(registry: Registry, live: LiveNodes): void {
  const byNode =
    (countOf: (ledger: LiveNode['ledger']) => number) =>
    ({ record, ledger }: LiveNode): readonly Count[] => [[{ node: record.name }, countOf(ledger)]];

  add(
    'docksnap_ticks_collected_total',
    'Ticks that agents took',
    ['node'],
    byNode((ledger) => ledger.collected),
  );
  add(
    'docksnap_ticks_stored_total',
    'Ticks stored',
    ['node'],
    byNode((ledger) => ledger.stored),
  );
  add(
    'docksnap_ticks_duplicate_total',
    'Ticks that came again',
    ['node'],
    byNode((ledger) => ledger.duplicate),
  );
  add('docksnap_ticks_dropped_total', 'Ticks that agents gave up', ['node', 'reason'], ({ record, ledger }) =>
    Object.entries(ledger.dropped).map(([reason, count]) => [{ node: record.name, reason }, count]),
  );

  function add(name: string, help: string, labelNames: string[], counts: (node: LiveNode) => readonly Count[]): void {
    const counter = new Counter({
      name,
      help: `${help}, by node.`,
      labelNames,
      registers: [registry],
      collect: () => {
        counter.reset();
        for (const [labels, value] of live.all().flatMap(counts)) counter.inc(labels, value);
      },
    });
  }
}
