import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import type { Row } from '../drill.ts';
import { ledgerRows } from './account.ts';
import { noticesWithin } from './disk.ts';
import { namedAs } from './isolation.ts';
import type { Site } from './site.ts';

const noticedMs = 60_000;
/** The clone counts as alive for 45 s, and the first one may then be in its longest wait. */
const goesOnMs = 240_000;

/** D15: the disk is cloned while the agent runs, and a second agent goes on with the copy; then it ends. */
export async function cloned(site: Site): Promise<Row[]> {
  const node = await site.node('d15-cloned');
  const first = await node.agent();
  await node.until('a first acknowledged tick', () => node.relay.acknowledged.size > 0);
  const copy = join(node.folder, 'clone');
  first.signal('SIGSTOP');
  await cp(node.spool, copy, { recursive: true });
  first.signal('SIGCONT');
  const second = await node.agent({ env: { DOCKSNAP_SPOOL_DIR: copy } });
  const refused = await noticesWithin(first, 'Superseded', noticedMs);
  const alert = await namedAs(node, 'AgentCloned', noticedMs);
  await second.end('SIGTERM');
  const isDrained = async (): Promise<boolean> => (await first.metric('docksnap_agent_backlog_ticks')) === 0;
  await node.until('the first one goes on', isDrained, goesOnMs);
  await first.end('SIGTERM');
  return [
    { step: 'D15 cloned disk: the older agent is refused within 60 s', expected: 'Superseded', found: refused },
    { step: 'D15 cloned disk: the API names it within 60 s', expected: 'AgentCloned', found: alert },
    ...(await ledgerRows('D15 cloned disk, once the clone is gone', node)),
  ];
}
