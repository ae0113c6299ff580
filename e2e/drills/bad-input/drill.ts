import { examplePush } from '../../../api/src/testing/example-cluster.ts';
import { type LocalApi, startLocalApi } from '../../local-api/local-api.ts';
import type { Drill, DrillRun, Row } from '../drill.ts';
import { bombs, residentBytes, throwBomb } from './bombs.ts';
import { type Fuzzing, fuzz, type Statuses } from './schemathesis.ts';

const mebibyte = 1024 * 1024;
/** Cases in all, at least. */
const mostWanted = 10_000;
/** How often each bomb is thrown, after a first time that does not count. */
const times = 20;
const growthMebibytes = 64;

const without = (...paths: string[]): string[] => paths.flatMap((path) => ['--exclude-path', path]);
const only = (path: string): string[] => ['--include-path', path];

export const drill: Drill = {
  title: `${mostWanted} hostile requests and bombs of every kind`,
  expectedMinutes: 10,
  async run({ folder, progress }) {
    progress('an API of its own, with a database and an API server of Kubernetes');
    const api = await startLocalApi(folder);
    try {
      const token = await api.agentToken();
      await api.push(token, examplePush('node-1', Math.floor(Date.now() / 10_000) * 10_000));
      const thrown = await throwAll(api, token, progress);
      return [...thrown, ...(await fuzzAll(api, token, { folder, progress }))];
    } finally {
      await api.stop();
    }
  },
};

async function throwAll(api: LocalApi, token: string, progress: DrillRun['progress']): Promise<Row[]> {
  const rows: Row[] = [];
  for (const bomb of bombs()) {
    progress(`a bomb: ${bomb.name}`);
    await throwBomb(api.origin, token, bomb);
    const before = await residentBytes(api.pid);
    const answers = [];
    for (let thrown = 0; thrown < times; thrown += 1) answers.push(await throwBomb(api.origin, token, bomb));
    const grownMebibytes = ((await residentBytes(api.pid)) - before) / mebibyte;
    const statuses = [...new Set(answers.map(({ status }) => status))];
    const isRefused = statuses.every((status) => status === 'closed' || (status >= 400 && status < 500));
    const median = answers.map(({ tookMs }) => tookMs).sort((a, b) => a - b)[times / 2] ?? NaN;
    progress(`  ${statuses.join(', ')} in ${median.toFixed(1)} ms (median), ${grownMebibytes.toFixed(1)} MiB more`);
    rows.push(
      { step: `${bomb.name}, ${times} times`, expected: 'refused', found: isRefused ? 'refused' : statuses.join(', ') },
      {
        step: `${bomb.name}: memory`,
        expected: `at most ${growthMebibytes} MiB more`,
        found:
          grownMebibytes <= growthMebibytes
            ? `at most ${growthMebibytes} MiB more`
            : `${grownMebibytes.toFixed(0)} MiB more`,
      },
    );
  }
  return rows;
}

/** Streams never end, and are left out; a logout would end the session that all others need. */
async function fuzzAll(api: LocalApi, token: string, { folder, progress }: DrillRun): Promise<Row[]> {
  const { cookie } = await api.signedIn();
  const fuzzings: readonly Fuzzing[] = [
    {
      name: 'people',
      header: `Cookie: ${cookie}`,
      operations: without('/api/v1/blocks', '/api/v1/reporting', '/api/v1/stream', '/api/v1/auth/logout'),
      phases: 'coverage,fuzzing',
      cases: 400,
    },
    {
      name: 'agents',
      header: `Authorization: Bearer ${token}`,
      operations: only('/api/v1/blocks'),
      phases: 'coverage,fuzzing',
      cases: 100,
    },
    {
      name: 'the operator',
      header: `Authorization: Bearer ${await api.operatorToken()}`,
      operations: only('/api/v1/reporting'),
      phases: 'coverage,fuzzing',
      cases: 100,
    },
  ];
  const rows: Row[] = [];
  let total = 0;
  for (const fuzzing of fuzzings) {
    progress(`what ${fuzzing.name} may ask, by schemathesis`);
    const statuses = await fuzz(api.origin, fuzzing, folder);
    const cases = sum(statuses, () => true);
    total += cases;
    const step = `${fuzzing.name}: ${cases} cases (${shown(statuses)})`;
    rows.push({
      step,
      expected: '0 failures',
      found: `${sum(statuses, (status) => status === 0 || status >= 500)} failures`,
    });
  }
  const found = total >= mostWanted ? `at least ${mostWanted} cases` : `${total} cases`;
  return [...rows, { step: 'all together', expected: `at least ${mostWanted} cases`, found }];
}

function sum(statuses: Statuses, isCounted: (status: number) => boolean): number {
  return [...statuses].reduce((count, [status, times]) => count + (isCounted(status) ? times : 0), 0);
}

function shown(statuses: Statuses): string {
  const ascending = [...statuses].sort(([one], [other]) => one - other);
  return ascending.map(([status, times]) => `${status === 0 ? 'no answer' : status}: ${times}`).join(', ');
}
