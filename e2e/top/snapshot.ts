import {
  containerListSchema,
  type GroupsAnswer,
  groupsAnswerSchema,
  limits,
  nodeListSchema,
  type NodeSummary,
} from '@docksnap/contract';
import { ask, AskError } from './ask.ts';
import type { Asked } from './command-line.ts';
import type { Connection } from './connection.ts';
import { rateMetrics, type TopRow, topRows } from './rows.ts';

/** What the API knew at one moment. */
export interface Snapshot {
  /** By the API's clock, unix ms. */
  readonly atMs: number;
  /** How many containers run; the rows may be fewer. */
  readonly total: number;
  readonly rows: readonly TopRow[];
  /** Why rates are not whole, else null. */
  readonly partial: string | null;
}

const rateStepSeconds = 60;
/** The step that has just begun may be empty. */
const rateSteps = 3;
/** As many as one answer names. */
const mostGroups = limits.groupsPerAnswer;
/** Nodes that an error names. */
const mostNames = 20;

/** Asks for containers, machines and rates. @param most rows at most @throws AskError */
export async function takeSnapshot(connection: Connection, { sort, node }: Asked, most: number): Promise<Snapshot> {
  const machines = await machinesOf(connection);
  const machine = machineOf(machines, node);
  const list = query({ state: 'running', sort, limit: most, ...(node !== undefined && { node }) });
  const { body, atMs } = await ask(connection, `/containers?${list}`, containerListSchema);
  const { items, total } = body;
  const rates = items.length === 0 ? undefined : await ratesOf(connection, machine, atMs);
  const rows = topRows(items, machines ?? [], rates?.metrics ?? {});
  return { atMs, total, rows, partial: rates?.partial ?? null };
}

async function ratesOf(connection: Connection, machine: NodeSummary | undefined, atMs: number): Promise<GroupsAnswer> {
  const rates = query({
    ...(machine === undefined ? { cluster: 'all' } : { node: machine.id }),
    by: 'container',
    metrics: rateMetrics.join(','),
    from: atMs - rateSteps * rateStepSeconds * 1000,
    to: atMs,
    stepSeconds: rateStepSeconds,
    top: mostGroups,
  });
  return (await ask(connection, `/groups?${rates}`, groupsAnswerSchema)).body;
}

/** Undefined for a token of namespaces, which may not see machines. */
async function machinesOf(connection: Connection): Promise<readonly NodeSummary[] | undefined> {
  try {
    return (await ask(connection, '/nodes', nodeListSchema)).body.items;
  } catch (error) {
    if (error instanceof AskError && error.status === 403) return undefined;
    throw error;
  }
}

/** The machine that is asked for, as far as machines may be seen. */
function machineOf(machines: readonly NodeSummary[] | undefined, asked: string | undefined): NodeSummary | undefined {
  if (machines === undefined || asked === undefined) return undefined;
  const found = machines.find(({ id, name }) => asked === id || asked === name);
  if (found !== undefined) return found;
  const names = machines.map(({ name }) => name).slice(0, mostNames);
  throw new AskError(404, `there is no node "${asked}"; known are ${names.join(', ') || 'none'}`);
}

function query(values: Readonly<Record<string, string | number>>): string {
  return new URLSearchParams(Object.entries(values).map(([name, value]) => [name, String(value)])).toString();
}
