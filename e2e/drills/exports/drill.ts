import { appendFile, mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { examplePush } from '../../../api/src/testing/example-cluster.ts';
import { run } from '../../cluster/process.ts';
import { ensurePython } from '../../cluster/toolchain/python.ts';
import { blocksOf, textOf } from '../../docs/blocks.ts';
import { startLocalApi } from '../../local-api/local-api.ts';
import { nodeName } from '../../local-api/objects.ts';
import type { Drill, Row } from '../drill.ts';

const document = textOf('docs/exports.md');
const tickMs = 10_000;
const hourMs = 3_600_000;
const commandMs = 5 * 60_000;

export const drill: Drill = {
  title: 'every command of docs/exports.md does what the document says',
  expectedMinutes: 3,
  async run({ folder, progress }) {
    progress('an API of its own, with a database and an API server of Kubernetes');
    const api = await startLocalApi(folder);
    try {
      // Over before now: the document loads hours that are over.
      const endMs = Math.floor(Date.now() / hourMs) * hourMs - tickMs;
      const token = await api.agentToken();
      await api.push(token, examplePush(nodeName, endMs));
      // And a start of the agent that goes on until now, for what the document asks of the last minutes.
      const { blocks } = examplePush(nodeName, Math.floor(Date.now() / tickMs) * tickMs);
      await api.push(token, { blocks: blocks.map((block) => ({ ...block, epoch: 'f'.repeat(32) })) });
      const work = join(folder, 'work');
      await mkdir(work);
      const python = await ensurePython(join(import.meta.dirname, 'requirements.txt'));
      const env = {
        ...process.env,
        DOCKSNAP: api.origin,
        PASSWORD: await api.password(),
        PATH: `${python}:${process.env['PATH'] ?? ''}`,
      };
      const rows: Row[] = [];
      progress('the commands for a shell');
      await writeFile(join(work, 'all.sh'), 'set -euo pipefail\n');
      for (const block of blocksOf(document, 'bash')) await appendFile(join(work, 'all.sh'), block);
      const said = await run('bash', ['all.sh'], { cwd: work, env, timeoutMs: commandMs });
      rows.push(shown('what the shell shows', said, [nodeName, 'nightly export', 'id,nodeId,node', 'time,cpuCores']));
      progress('files, by export.py');
      for (const block of blocksOf(document, 'python')) await writeFile(join(work, nameOf(block)), block);
      await run('python', ['export.py'], { cwd: work, env, timeoutMs: commandMs });
      const files = await readdir(join(work, 'samples'), { recursive: true });
      rows.push(shown('files', files.join(' '), [`hour=${new Date(endMs).toISOString().slice(11, 13)}`]));
      progress('DuckDB and pandas');
      const [sql = ''] = blocksOf(document, 'sql');
      await writeFile(join(work, 'query.py'), `import duckdb\nprint(duckdb.sql(open("query.sql").read()))\n`);
      await writeFile(join(work, 'query.sql'), sql);
      rows.push(
        shown('DuckDB', await run('python', ['query.py'], { cwd: work, env, timeoutMs: commandMs }), ['web', '443.75']),
      );
      rows.push(
        shown('pandas', await run('python', ['peaks.py'], { cwd: work, env, timeoutMs: commandMs }), ['web', '100']),
      );
      return rows;
    } finally {
      await api.stop();
    }
  },
};

/** `# save as NAME` begins a program of the document. */
function nameOf(block: string): string {
  const [, name = 'unnamed.py'] = /^# save as (\S+)$/m.exec(block) ?? [];
  return name;
}

/** A row that holds when a text has all that is looked for. */
function shown(step: string, text: string, parts: readonly string[]): Row {
  const missing = parts.filter((part) => !text.includes(part));
  const expected = parts.join(', ');
  return {
    step,
    expected,
    found: missing.length === 0 ? expected : `without ${missing.join(', ')}: ${text.slice(0, 500)}`,
  };
}
