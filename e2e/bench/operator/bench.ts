import { setTimeout as sleep } from 'node:timers/promises';
import { join } from 'node:path';
import { CHECKOUT } from '../../cluster/paths.ts';
import { isWrite } from '../../control-plane/audit.ts';
import { startControlPlane, type ControlPlane } from '../../control-plane/control-plane.ts';
import { freePort } from '../../control-plane/free-port.ts';
import { buildWorkspace, isWorkspaceBuilt, workspaces } from '../../images/workspaces.ts';
import { OperatorProcess } from '../../../operator/src/testing/operator-process.ts';
import { call } from '../peers/http.ts';
import type { Bench, BenchContext, Row } from '../harness/bench.ts';
import { figuresOf, p99Ms, type Figures } from './figures.ts';
import { Fleet } from './fleet.ts';
import { ReportingServer } from './reporting-server.ts';
import { startSimulator } from './simulator.ts';
import { Watched } from './watched.ts';

const namespace = 'docksnap';
const [nodes, podsOfOthers, pairs, manyNodes] = [1000, 30_000, 500, 5000];
/** Long enough for several of the operator's periods, of which the longest is 10 s. */
const restMs = 60_000;
const mostResidentBytes = 150e6;
const megabyte = 1e6;
const user = 'operator';

/** One stretch of time, measured. */
interface Stretch {
  readonly residentBytes: number;
  readonly p99Ms: number;
  readonly writes: number;
  readonly lists: number;
}

export const bench: Bench = {
  name: 'operator',
  title: 'The operator on simulated nodes: a real API server and etcd, kubelets by kwok',
  expectedMinutes: 20,
  async run(context) {
    const plane = await startControlPlane({ controllers: true });
    try {
      return await measured(plane, context);
    } finally {
      await plane.stop();
    }
  },
};

async function measured(plane: ControlPlane, context: BenchContext): Promise<Row[]> {
  const progress = (line: string): void => {
    context.progress(line);
  };
  await plane.kubectl(['create', 'namespace', namespace]);
  await plane.kubectl(['create', 'serviceaccount', 'docksnap-agent', '-n', namespace]);
  await startSimulator(plane);
  const fleet = new Fleet(plane);
  const reporting = await ReportingServer.start(plane, context.folder);
  const watched = new Watched(plane, namespace);
  progress(`making ${nodes} nodes and ${podsOfOthers} pods`);
  await fleet.addNodes(0, nodes);
  await fleet.addPods(podsOfOthers, nodes);
  reporting.nodes = await fleet.nodes();
  const operator = await start(plane, reporting.env);
  try {
    progress('one monitor of all nodes');
    await watched.apply('all', {});
    await watched.untilReady('all', nodes);
    const one = await atRest(plane, operator.page);
    progress(wordsOf(one));
    progress(`the same with ${manyNodes} nodes`);
    await fleet.addNodes(nodes, manyNodes);
    reporting.nodes = await fleet.nodes();
    await watched.untilReady('all', manyNodes);
    const large = await atRest(plane, operator.page);
    progress(wordsOf(large));
    progress(`${pairs} monitors of two nodes each`);
    await watched.remove('all');
    for (let pair = 0; pair < pairs; pair++) {
      await watched.apply(`pair-${pair}`, { agent: { nodeSelector: { pair: String(pair) } } });
    }
    await watched.untilAllReady(pairs);
    const many = await atRest(plane, operator.page);
    progress(wordsOf(many));
    return [
      ...rowsOf(`${nodes} nodes, ${podsOfOthers} other pods, 1 monitor`, one, mostResidentBytes),
      ...rowsOf(`${manyNodes} nodes, 1 monitor`, large),
      ...rowsOf(`${manyNodes} nodes, ${pairs} monitors`, many),
    ];
  } finally {
    await operator.process.end('SIGTERM');
    fleet.close();
    await reporting.stop();
  }
}

/** The operator as its image runs it: the bundle. */
async function start(plane: ControlPlane, env: Readonly<Record<string, string>>) {
  for (const workspace of workspaces)
    if (workspace.name === 'operator' && !isWorkspaceBuilt(workspace)) await buildWorkspace(workspace);
  const address = `127.0.0.1:${await freePort()}`;
  const process = new OperatorProcess({
    namespace,
    identity: user,
    program: join(CHECKOUT, 'operator/dist/main.cjs'),
    env: { ...env, KUBECONFIG: await plane.kubeconfigOf(user), DOCKSNAP_LISTEN: address },
  });
  return { process, page: () => call(`http://${address}/metrics`).then(figuresOf) };
}

/** Nothing happens but heartbeats; the figures are those of that time. */
async function atRest(plane: ControlPlane, page: () => Promise<Figures>): Promise<Stretch> {
  // What the last change brought about has come to its end.
  await sleep(restMs / 2);
  const [before, sinceMs] = [await page(), Date.now()];
  await sleep(restMs);
  const after = await page();
  const requests = (await plane.requestsOf(user)).filter(({ atMs }) => atMs >= sinceMs);
  return {
    residentBytes: after.residentBytes,
    p99Ms: p99Ms(before, after),
    writes: requests.filter((request) => isWrite(request) && request.resource !== 'leases').length,
    lists: requests.filter(({ verb }) => verb === 'list').length,
  };
}

function wordsOf({ residentBytes, p99Ms: p99, writes, lists }: Stretch): string {
  const memory = `${(residentBytes / megabyte).toFixed(0)} MB resident`;
  return `${memory}, p99 of a reconcile below ${p99} ms, ${writes} writes, ${lists} lists`;
}

function rowsOf(what: string, stretch: Stretch, mostBytes?: number): Row[] {
  const goal = (bound: number) => ({ kind: 'at most', of: 'value', bound }) as const;
  return [
    {
      what: `${what}: resident memory`,
      unit: 'bytes',
      ours: [stretch.residentBytes],
      ...(mostBytes !== undefined && { goal: goal(mostBytes) }),
    },
    { what: `${what}: p99 of a reconcile, below`, unit: 'ms', ours: [stretch.p99Ms], goal: goal(1000) },
    {
      what: `${what}: writes in a minute at rest, besides the Lease`,
      unit: 'count',
      ours: [stretch.writes],
      goal: goal(0),
    },
    { what: `${what}: lists in that minute`, unit: 'count', ours: [stretch.lists], goal: goal(0) },
  ];
}
