import type { About } from '@docksnap/contract';
import { counted, formatBytes, formatShare, unknown } from '../units.ts';

export interface AboutFact {
  readonly label: string;
  readonly value: string;
}

const dayMs = 86_400_000;

const tierNames: Readonly<Record<About['kept'][number]['tier'], string>> = {
  raw: 'Samples kept',
  m1: 'Sums of minutes kept',
  m5: 'Sums of five minutes kept',
  h1: 'Sums of hours kept',
  events: 'Events kept',
};

/** Days where they are whole, else hours. */
function kept(ms: number): string {
  return ms >= 2 * dayMs ? counted(Math.round(ms / dayMs), 'day') : counted(Math.round(ms / 3_600_000), 'hour');
}

function size({ databaseBytes, databaseLimitBytes }: About): string {
  if (databaseBytes === null) return 'the database does not answer';
  if (databaseLimitBytes === null) return `${formatBytes(databaseBytes)}, no limit`;
  const share = formatShare(databaseBytes / databaseLimitBytes);
  return `${formatBytes(databaseBytes)} of ${formatBytes(databaseLimitBytes)}, ${share}`;
}

/** DockSnap itself in words. */
export function aboutFacts(about: About): readonly AboutFact[] {
  const { ticksPerSecond, replicas, nodes, containers } = about;
  return [
    { label: 'Database', value: size(about) },
    {
      label: 'Ingest',
      value: ticksPerSecond === null ? unknown : `${ticksPerSecond.toFixed(1)}\u00a0ticks/s in the last minute`,
    },
    { label: 'From', value: `${counted(nodes, 'node')}, ${counted(containers, 'container')}` },
    { label: 'API', value: counted(replicas, 'replica') },
    ...about.kept.map(({ tier, ms }) => ({ label: tierNames[tier], value: kept(ms) })),
  ];
}
