import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { benches } from './benches.ts';
import { save, writeReadme } from './harness/saved.ts';
import { textTable } from './harness/table.ts';
import { fails } from './harness/verdict.ts';

const fewestRuns = 5;
const help = `npm run bench: DockSnap's figures, side by side with those of its peers on the same samples.

  npm run bench -- [NAME]... [--runs N] [--save]

  NAME       ${Object.keys(benches).join(', ')} (default: all)
  --runs N   runs of each contender, interleaved; ${fewestRuns} unless told
  --save     keep the figures beside each bench and write the README's table
  --help     this text

Peers are built from their Go modules once and cached. The exit status is 1 if a goal is missed: ratios, bytes and
counts decide, bare times are reported.`;

const { values, positionals } = parseArgs({
  options: { help: { type: 'boolean' }, runs: { type: 'string' }, save: { type: 'boolean' } },
  allowPositionals: true,
});

async function runBench(name: string, runs: number): Promise<boolean> {
  const load = benches[name];
  if (load === undefined) throw new Error(`there is no bench "${name}": ${Object.keys(benches).join(', ')}`);
  const { bench } = await load();
  const beganMs = Date.now();
  const progress = (line: string): void => {
    console.error(`${name} ${((Date.now() - beganMs) / 1000).toFixed(0).padStart(4)} s  ${line}`);
  };
  progress(`${bench.title}; about ${bench.expectedMinutes} min`);
  const folder = mkdtempSync(join(tmpdir(), `docksnap-bench-${name}-`));
  try {
    const rows = await bench.run({ runs, folder, progress });
    console.log(`\n${bench.title}, median of ${runs} runs\n${textTable(rows)}\n`);
    if (values.save === true) save({ bench: name, title: bench.title, runs, rows: [...rows] });
    return !rows.some(fails);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

if (values.help === true) {
  console.log(help);
} else {
  const runs = Number(values.runs ?? fewestRuns);
  if (!Number.isSafeInteger(runs) || runs < 1) throw new Error(`--runs ${String(values.runs)} is no number from 1`);
  if (values.save === true && runs < fewestRuns) throw new Error(`figures to keep need ${fewestRuns} runs at least`);
  const wanted = positionals.length > 0 ? positionals : Object.keys(benches);
  const missed: string[] = [];
  for (const name of wanted) if (!(await runBench(name, runs))) missed.push(name);
  if (values.save === true) writeReadme();
  if (missed.length > 0) console.log(`Goals missed in: ${missed.join(', ')}`);
  process.exitCode = missed.length === 0 ? 0 : 1;
}
