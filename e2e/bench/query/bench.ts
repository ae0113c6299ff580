import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import {
  containerListSchema,
  groupsAnswerSchema,
  metricByName,
  nodeListSchema,
  seriesAnswerSchema,
} from '@docksnap/contract';
import * as z from 'zod';
import { BenchApi } from '../api/bench-api.ts';
import type { Bench, BenchContext, Goal, Row } from '../harness/bench.ts';
import { interleaved } from '../harness/interleaved.ts';
import { VictoriaMetrics } from '../peers/victoria-metrics.ts';
import { Asker, percentile } from './asker.ts';
import { containersPerNode, Day, namespace, stepMs } from './day.ts';
import { cores, coresOfAll, mustAgree } from './expected.ts';
import { goOn, load } from './load.ts';

const nodes = 40;
const containers = nodes * containersPerNode;
/** A twelfth of a day, which is loaded in minutes; ranges that are asked for are the same as with all of it. */
const hours = 2;
const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const top = 10;

/** One question, as each of the two is asked it. */
interface Question {
  readonly what: string;
  readonly ours: (turn: number) => string;
  readonly peer?: (turn: number) => string;
  readonly times: number;
  readonly goals: { readonly p50?: Goal; readonly p99?: Goal; readonly ratio?: Goal };
}

const atMost = (bound: number, of: Goal['of'] = 'value'): Goal => ({ kind: 'at most', of, bound });

/** All that runs, and what was asked of it. */
interface Setting {
  readonly day: Day;
  /** The newest tick, which goes on while questions are asked. */
  endMs: number;
  readonly api: BenchApi;
  readonly peer: VictoriaMetrics;
  readonly asker: Asker;
  /** Ids of containers as the API has them, by their number. */
  readonly ids: readonly string[];
}

function questionsOf(setting: Setting): readonly Question[] {
  const { day, api, peer, ids } = setting;
  const keys = day.nodes.flatMap(({ entities }) => entities.map(({ key }) => key));
  const series = (query: string, minutes: number, step: number): string => {
    const { fromMs, toMs } = rangeOf(setting, minutes, step);
    return `${api.url}/api/v1/${query}&metrics=cpuCores&from=${fromMs}&to=${toMs}&stepSeconds=${step}`;
  };
  // VictoriaMetrics' first point is the end of its first window; ours the end of the first step.
  const range = (query: string, minutes: number, step: number): string => {
    const { fromMs, toMs } = rangeOf(setting, minutes, step);
    const axis = `start=${fromMs / 1000 + step}&end=${toMs / 1000}&step=${step}`;
    return `${peer.url}/api/v1/query_range?nocache=1&query=${encodeURIComponent(query)}&${axis}`;
  };
  const one = (turn: number): number => (turn * 37) % containers;
  const rate = (labels: string, step: number): string => `rate(cpuUsageMicros{${labels}}[${step}s]) * 1e-6`;
  const container = (minutes: number, goals: Question['goals']): Question => ({
    what: `one container, the last ${minutes} min by minutes`,
    ours: (turn) => series(`series?container=${ids[one(turn)] ?? ''}`, minutes, 60),
    peer: (turn) => range(rate(`container="${keys[one(turn)] ?? ''}"`, 60), minutes, 60),
    times: 60,
    goals,
  });
  return [
    container(10, { p50: atMost(1), p99: atMost(5), ratio: atMost(1.7, 'ratio') }),
    container(60, { p50: atMost(3) }),
    {
      what: `sum of ${containers} containers, the last 15 min by 10 s`,
      ours: () => series(`series?namespace=${namespace}`, 15, 10),
      peer: () => range(`sum(${rate(`namespace="${namespace}"`, 10)})`, 15, 10),
      times: 5,
      goals: { p50: atMost(10), ratio: atMost(0.9, 'ratio') },
    },
    {
      what: `the ${top} of ${containers} containers that use most, the last 15 min by 10 s`,
      ours: () => series(`groups?by=container&top=${top}&namespace=${namespace}`, 15, 10),
      peer: () => range(`topk_avg(${top}, ${rate(`namespace="${namespace}"`, 10)}, "other=sum")`, 15, 10),
      times: 5,
      goals: { p50: atMost(10), ratio: atMost(0.9, 'ratio') },
    },
    {
      what: `newest values of ${containers} containers, a page of 1,000 by CPU`,
      ours: () => `${api.url}/api/v1/containers?sort=cpu&limit=1000`,
      times: 10,
      goals: { p50: atMost(15) },
    },
  ];
}

/** The last minutes, up to the newest whole step. */
function rangeOf(
  { endMs }: Setting,
  minutes: number,
  step: number,
): { readonly fromMs: number; readonly toMs: number } {
  const toMs = Math.floor(endMs / (step * 1000)) * step * 1000;
  return { fromMs: toMs - minutes * minuteMs, toMs };
}

/** What came in since: agents push and VictoriaMetrics is fed all the time that questions are asked. */
async function catchUp(setting: Setting): Promise<void> {
  const { api, peer, day, endMs } = setting;
  const nowMs = Math.floor(Date.now() / stepMs) * stepMs;
  if (nowMs <= endMs) return;
  await goOn(api.url, day, endMs, nowMs);
  await feedPeer(peer, day, endMs + stepMs, nowMs);
  setting.endMs = nowMs;
}

const rangeSchema = z.object({
  data: z.object({ result: z.array(z.object({ values: z.array(z.tuple([z.number(), z.string()])) })) }),
});

/** What each of the two answers to the first of a question's askings, a value a step. */
async function answersTo(question: Question, asker: Asker): Promise<Record<string, readonly number[]>> {
  const ours = seriesAnswerSchema.parse(JSON.parse(await asker.ask(question.ours(0))));
  const theirs = rangeSchema.parse(JSON.parse(await asker.ask(question.peer?.(0) ?? '')));
  return {
    DockSnap: (ours.metrics['cpuCores']?.values ?? []).map((value) => value ?? NaN),
    VictoriaMetrics: (theirs.data.result[0]?.values ?? []).map(([, value]) => Number(value)),
  };
}

/** Both must say what follows from the samples by definition. @throws when one does not. */
async function check(setting: Setting, [short, , sum, most]: readonly Question[]): Promise<void> {
  const { day, asker } = setting;
  if (short === undefined || sum === undefined || most === undefined) throw new Error('BUG: a question is missing');
  const points = async (
    question: Question,
    [minutes, step]: readonly [number, number],
    expected: (fromMs: number, toMs: number) => number,
  ): Promise<void> => {
    const { fromMs } = rangeOf(setting, minutes, step);
    for (const [who, values] of Object.entries(await answersTo(question, asker))) {
      for (let index = 0; index < (minutes * 60) / step; index += 1) {
        const stepFromMs = fromMs + index * step * 1000;
        const value = expected(stepFromMs, stepFromMs + step * 1000);
        mustAgree(`${who}, step ${index} of ${question.what}`, values[index], value);
      }
    }
  };
  await points(short, [10, 60], (fromMs, toMs) => cores(day, 0, fromMs, toMs));
  await points(sum, [15, 10], (fromMs, toMs) => coresOfAll(day, fromMs, toMs));
  const groups = groupsAnswerSchema.parse(JSON.parse(await asker.ask(most.ours(0)))).metrics['cpuCores'];
  const { fromMs, toMs } = rangeOf(setting, 15, 10);
  const means = Array.from({ length: containers }, (_, container) => cores(day, container, fromMs, toMs));
  const expected = means.toSorted((a, b) => b - a).slice(0, top);
  for (const [rank, mean] of expected.entries()) {
    const values = groups?.groups[rank]?.values ?? [];
    mustAgree(`mean of number ${rank + 1}`, values.reduce<number>((a, b) => a + (b ?? NaN), 0) / values.length, mean);
  }
}

async function feedPeer(peer: VictoriaMetrics, day: Day, fromMs: number, endMs: number): Promise<void> {
  const id = metricByName('cpuUsageMicros')?.id ?? NaN;
  for (const node of day.nodes) await peer.import(day.series(node, id, fromMs, endMs));
  await peer.settle();
}

async function idsOf(api: BenchApi, asker: Asker, day: Day): Promise<readonly string[]> {
  const { items } = nodeListSchema.parse(JSON.parse(await asker.ask(`${api.url}/api/v1/nodes`)));
  const idOf = new Map(items.map(({ name, id }) => [name, id]));
  return day.nodes.flatMap(({ name, entities }) =>
    entities.map(({ key }) => `${idOf.get(name) ?? ''}~${key.replace('/', '~')}`),
  );
}

async function run(context: BenchContext): Promise<readonly Row[]> {
  const folders = [join(context.folder, 'docksnap'), join(context.folder, 'victoria-metrics')] as const;
  for (const folder of folders) await mkdir(folder);
  const [api, peer] = [
    await BenchApi.start(folders[0]),
    await VictoriaMetrics.start(folders[1], ['-search.latencyOffset=0s']),
  ];
  const asker = new Asker({ cookie: await api.login() });
  try {
    const day = new Day(nodes, Math.floor((Date.now() - hours * hourMs) / (10 * minuteMs)) * 10 * minuteMs);
    context.progress(`${containers} containers × 17 metrics, ${hours} h by 10 s`);
    const endMs = await load(
      api.url,
      day,
      () => Math.floor(Date.now() / minuteMs) * minuteMs,
      (line) => {
        context.progress(line);
      },
    );
    context.progress('the same CPU samples for VictoriaMetrics');
    await feedPeer(peer, day, day.startMs, endMs);
    const setting = { day, endMs, api, peer, asker, ids: await idsOf(api, asker, day) };
    const questions = questionsOf(setting);
    await check(setting, questions);
    const total = containerListSchema.parse(JSON.parse(await asker.ask(`${api.url}/api/v1/containers?limit=1`))).total;
    if (total !== containers) throw new Error(`there are ${total} containers of ${containers}`);
    const rows: Row[] = [];
    for (const question of questions) rows.push(...(await measure(question, setting, context)));
    return [...rows, ...(await growth(setting, context))];
  } finally {
    asker.end();
    await Promise.all([api.end(), peer.end()]);
  }
}

/** How the time of a sum grows with the number of containers: from 20 to 2,000, ten times as many at a time. */
async function growth(setting: Setting, context: BenchContext): Promise<Row[]> {
  const { api, asker } = setting;
  const subjects = { 20: 'labels=in20%3Dyes', 200: 'labels=in200%3Dyes', [containers]: `namespace=${namespace}` };
  const contenders = Object.entries(subjects).map(([count, subject]) => {
    const ask = async (): Promise<number> => {
      await catchUp(setting);
      const { fromMs, toMs } = rangeOf(setting, 15, 10);
      const url = `${api.url}/api/v1/series?${subject}&metrics=cpuCores&from=${fromMs}&to=${toMs}&stepSeconds=10`;
      return percentile(await asker.times(Array<string>(5).fill(url)), 0.5);
    };
    return [count, ask] as const;
  });
  const times = await interleaved(context.runs, Object.fromEntries(contenders), (line) => {
    context.progress(`growth: ${line}`);
  });
  const slopes = (times[containers] ?? []).map((most, run) => Math.log10(most / (times[20]?.[run] ?? NaN)) / 2);
  return [
    ...[20, 200].map((count): Row => ({
      what: `sum of ${count} containers of these, the last 15 min by 10 s, p50`,
      unit: 'ms',
      ours: times[count] ?? [],
    })),
    { what: 'slope of a sum: n times as many containers take n to the power of', unit: '×', ours: slopes },
  ];
}

async function measure(question: Question, setting: Setting, context: BenchContext): Promise<Row[]> {
  const { asker } = setting;
  const { what, times, goals } = question;
  const urls = (of: (turn: number) => string, run: number): string[] =>
    Array.from({ length: times }, (_, turn) => of(run * times + turn));
  const asked = await interleaved(
    context.runs,
    {
      ours: async (run) => {
        await catchUp(setting);
        return asker.times(urls(question.ours, run));
      },
      peer: async (run) => (question.peer === undefined ? [] : asker.times(urls(question.peer, run))),
    },
    (line) => {
      context.progress(`${what}: ${line}`);
    },
  );
  const of = (all: readonly (readonly number[])[], share: number): number[] =>
    all.map((some) => percentile(some, share));
  const row = (name: string, share: number, goal: Goal | undefined): Row => ({
    what: `${what}, ${name}`,
    unit: 'ms',
    ours: of(asked.ours, share),
    ...(goal === undefined ? {} : { goal }),
  });
  const rows = [row('p50', 0.5, goals.p50)];
  if (goals.p99 !== undefined) rows.push(row('p99', 0.99, goals.p99));
  if (question.peer === undefined) return rows;
  const peer = { name: 'VictoriaMetrics', values: of(asked.peer, 0.5) };
  return [...rows, { ...row('p50 beside VictoriaMetrics', 0.5, goals.ratio), peer }];
}

export const bench: Bench = {
  name: 'query',
  title: `Query: ${containers} containers × 17 metrics by 10 s, ${hours} hours of them, over HTTP with a session`,
  expectedMinutes: 6,
  run,
};
