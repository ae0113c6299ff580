import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { drills } from './drills.ts';

const help = `npm run drills: faults and changes provoked on purpose, each with its account. Longer than tests are.

  npm run drills -- [NAME[:PART,...]]...

  NAME     ${Object.keys(drills).join(', ')} (default: all)
  PART     a part of a drill that has such: agent:D2,D4 (default: all)
  --help   this text

The exit status is 1 if anything was found other than expected.`;

const { values, positionals } = parseArgs({ options: { help: { type: 'boolean' } }, allowPositionals: true });

/** Runs one drill, or the parts of it that are named, and prints what it found. @returns whether all was as expected */
async function perform(wanted: string): Promise<boolean> {
  const [name = '', ...rest] = wanted.split(':');
  const load = drills[name];
  if (load === undefined) throw new Error(`there is no drill "${name}": ${Object.keys(drills).join(', ')}`);
  const { drill } = await load();
  const only = rest.flatMap((list) => list.split(','));
  const unknown = only.find((part) => drill.parts?.includes(part) !== true);
  if (unknown !== undefined) throw new Error(`${name} has no part "${unknown}": ${drill.parts?.join(', ') ?? 'none'}`);
  const beganMs = Date.now();
  const progress = (line: string): void => {
    console.error(`${name} ${((Date.now() - beganMs) / 1000).toFixed(0).padStart(5)} s  ${line}`);
  };
  progress(`${drill.title}; about ${drill.expectedMinutes} min`);
  const folder = mkdtempSync(join(tmpdir(), `docksnap-drill-${name}-`));
  try {
    const rows = await drill.run({ folder, progress, only });
    console.log(`\n${drill.title}`);
    for (const { step, expected, found } of rows)
      console.log(found === expected ? `  ok    ${step}: ${found}` : `  FAIL  ${step}: ${found}, expected ${expected}`);
    return rows.every(({ expected, found }) => found === expected);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

if (values.help === true) {
  console.log(help);
} else {
  const failed: string[] = [];
  for (const name of positionals.length > 0 ? positionals : Object.keys(drills))
    if (!(await perform(name))) failed.push(name);
  if (failed.length > 0) console.log(`Not as expected: ${failed.join(', ')}`);
  process.exitCode = failed.length === 0 ? 0 : 1;
}
