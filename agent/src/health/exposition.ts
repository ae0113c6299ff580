import type { RowDrops } from '../exposition/row-drops.ts';
import { rowDropReasons } from '../exposition/row-drops.ts';
import type { Spool } from '../spool/spool.ts';
import { dropReasons } from '../spool/ledger.ts';
import type { ScrapeTimes } from '../tick/scrape-times.ts';
import type { Health } from './health.ts';

export interface ExpositionParts {
  readonly health: Health;
  readonly spool: Pick<Spool, 'ledger' | 'backlog'>;
  readonly times: ScrapeTimes;
  readonly drops: RowDrops;
}

type Rows = readonly (readonly [labels: string, value: number])[];

function family(name: string, kind: 'counter' | 'gauge', help: string, rows: Rows): string {
  const lines = rows.map(([labels, value]) => `${name}${labels} ${value}`);
  return [`# HELP ${name} ${help}`, `# TYPE ${name} ${kind}`, ...lines, ''].join('\n');
}

/** The agent's own metrics in the Prometheus text format. Counters start at zero with the process. */
export function exposition({ health, spool, times, drops }: ExpositionParts): string {
  const pages = [...times.byPath].map(([path, time]) => [`{page="${path}"}`, time] as const);
  const { dropTotals } = spool.ledger;
  return [
    family('docksnap_agent_ticks_collected_total', 'counter', 'Ticks collected.', [['', health.collectedTicks]]),
    family(
      'docksnap_agent_ticks_dropped_total',
      'counter',
      'Collected ticks that will never be stored, by reason.',
      dropReasons.map((reason) => [`{reason="${reason}"}`, dropTotals.get(reason) ?? 0]),
    ),
    family('docksnap_agent_backlog_ticks', 'gauge', 'Ticks not stored yet.', [['', spool.backlog.ticks]]),
    family('docksnap_agent_backlog_bytes', 'gauge', 'Bytes of ticks not stored yet.', [['', spool.backlog.bytes]]),
    family(
      'docksnap_agent_scrapes_total',
      'counter',
      'Reads of a kubelet page.',
      pages.map(([labels, { count }]) => [labels, count]),
    ),
    family(
      'docksnap_agent_scrape_failures_total',
      'counter',
      'Reads of a kubelet page that failed.',
      pages.map(([labels, { failures }]) => [labels, failures]),
    ),
    family(
      'docksnap_agent_scrape_seconds_total',
      'counter',
      'Time spent reading a kubelet page.',
      pages.map(([labels, { sumMs }]) => [labels, sumMs / 1000]),
    ),
    family(
      'docksnap_agent_scrape_last_seconds',
      'gauge',
      'Duration of the last read of a kubelet page.',
      pages.map(([labels, { lastMs }]) => [labels, lastMs / 1000]),
    ),
    family(
      'docksnap_agent_rows_dropped_total',
      'counter',
      'Rows of kubelet pages that brought no sample, by reason.',
      rowDropReasons.map((reason) => [`{reason="${reason}"}`, drops.count(reason)]),
    ),
  ].join('');
}
