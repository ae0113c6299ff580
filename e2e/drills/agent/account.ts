import {
  type LedgerAnswer,
  ledgerAnswerSchema,
  nodeDetailSchema,
  nodeListSchema,
  samplesAnswerSchema,
} from '@docksnap/contract';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Row } from '../drill.ts';
import type { DrilledNode } from './drilled-node.ts';

const settleMs = 30_000;
const hourMs = 3_600_000;

/** What became of the pages that an agent was given. */
export interface Account {
  /** Pages that the recording proxy handed over. */
  readonly collected: number;
  /** Of them, those whose counter is found in what the API has stored. */
  readonly stored: number;
  /** Ticks that the agent said it dropped, by reason. */
  readonly dropped: Readonly<Record<string, number>>;
  /** Ticks stored beyond one for each page. */
  readonly twice: number;
  /** Ticks that the API acknowledged and has not. */
  readonly forgotten: number;
}

export async function accountOf(node: DrilledNode): Promise<Account> {
  const { collected } = node.proxy;
  const id = await idOf(node);
  const pieces = await Promise.all(ranges(Date.now()).map((range) => storedIn(node, id, range)));
  const values = pieces.flatMap((piece) => piece.values);
  const found = new Set(values);
  const epochs = pieces.flatMap((piece) => piece.epochs);
  const ticks = epochs.reduce((sum, { stored }) => sum + stored, 0);
  const detail = await node.site.client.get(`/api/v1/nodes/${id}`, nodeDetailSchema);
  return {
    collected: collected.length,
    stored: collected.filter((value) => found.has(value)).length,
    dropped: detail.agent?.ledger.dropped ?? {},
    twice: Math.max(ticks, values.length) - found.size,
    forgotten: [...node.relay.acknowledged.keys()].filter((tick) => !isIn(tick, epochs)).length,
  };
}

/** A day and the clocks that are wrong by an hour, in pieces without a moment in common. */
function ranges(nowMs: number): readonly string[] {
  const beginsMs = Array.from({ length: 4 }, (_, index) => nowMs - 26 * hourMs + index * 7 * hourMs);
  return beginsMs.map((fromMs) => `from=${fromMs}&to=${fromMs + 7 * hourMs - 1}`);
}

async function storedIn(node: DrilledNode, id: string, range: string): Promise<{ values: number[]; epochs: Epochs }> {
  const { client } = node.site;
  const samples = await client.get(`/api/v1/samples?node=${id}&metrics=cpuUsageMicros&${range}`, samplesAnswerSchema);
  const { epochs } = await client.get(`/api/v1/nodes/${id}/ledger?${range}`, ledgerAnswerSchema);
  return { values: samples.series.flatMap((series) => series.values), epochs };
}

type Epochs = LedgerAnswer['epochs'];

function isIn(tick: string, epochs: Epochs): boolean {
  const [name = '', number = ''] = tick.split('/');
  const seq = Number(number);
  return epochs.some(
    ({ epoch, firstSeq, lastSeq, missing }) =>
      epoch === name && seq >= firstSeq && seq <= lastSeq && !missing.includes(seq),
  );
}

export async function idOf(node: DrilledNode): Promise<string> {
  const { items } = await node.site.client.get('/api/v1/nodes', nodeListSchema);
  const found = items.find(({ name }) => name === node.name);
  if (found === undefined) throw new Error(`the API has no node ${node.name}`);
  return found.id;
}

/** What an account must say. Kills may each cost the page that was not spooled yet. */
export interface Expected {
  /** How many by reason; a reason alone: some by that reason and none by others. */
  readonly dropped?: Readonly<Record<string, number>> | string;
  readonly unspooledAtMost?: number;
}

/** The ledger of a drill, once it has settled: collected = stored + dropped(reason), nothing twice, nothing forgotten. */
export async function ledgerRows(drill: string, node: DrilledNode, expected: Expected = {}): Promise<Row[]> {
  const deadline = Date.now() + settleMs;
  for (;;) {
    const rows = rowsOf(drill, await accountOf(node), expected);
    if (rows.every((row) => row.found === row.expected) || Date.now() > deadline) return rows;
    await sleep(500);
  }
}

function rowsOf(drill: string, account: Account, { dropped = {}, unspooledAtMost = 0 }: Expected): Row[] {
  const { collected, stored } = account;
  const droppedTicks = sumOf(account.dropped);
  const unspooled = collected - stored - droppedTicks;
  const due = typeof dropped === 'string' ? { [dropped]: Math.max(1, account.dropped[dropped] ?? 0) } : dropped;
  const isAllowed = unspooled >= 0 && unspooled <= unspooledAtMost;
  const missing = isAllowed ? '' : `, ${unspooled} without a reason`;
  return [
    {
      step: `${drill}: ${collected} collected = stored + dropped`,
      expected: `${collected - (isAllowed ? unspooled : 0) - sumOf(due)} stored, dropped ${textOf(due)}`,
      found: `${stored} stored, dropped ${textOf(account.dropped)}${missing}`,
    },
    {
      step: `${drill}: ticks stored twice, ticks acknowledged and not stored`,
      expected: '0, 0',
      found: `${account.twice}, ${account.forgotten}`,
    },
    ...(unspooledAtMost === 0
      ? []
      : [
          {
            step: `${drill}: pages that a kill cost before they were spooled, of ${unspooledAtMost} kills`,
            expected: `${isAllowed ? unspooled : `at most ${unspooledAtMost}`}`,
            found: String(unspooled),
          },
        ]),
  ];
}

function sumOf(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

function textOf(counts: Readonly<Record<string, number>>): string {
  const some = Object.entries(counts).filter(([, count]) => count > 0);
  return some.length === 0 ? '0' : some.map(([reason, count]) => `${count} ${reason}`).join(', ');
}
