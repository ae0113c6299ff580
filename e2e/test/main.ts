import { parseArgs } from 'node:util';
import { runChecks } from '../check/run-checks.ts';
import { phases } from './phases.ts';
import { sum } from './tally.ts';

const help = `npm test: every test of DockSnap, on this machine, end to end in a real cluster and a real browser included.

  npm test -- [--only PHASE]... [JEST ARGUMENTS]

  --only PHASE   check, unit, portability (the unit tests of what is stored, on a second server of
                 MongoDB's protocol), cluster; may be given more than once (default: all, in this order)
  --help         this text

The cluster is the one of npm start: it is started if it does not run, and goes on running.`;

const { values, positionals } = parseArgs({
  options: { help: { type: 'boolean' }, only: { type: 'string', multiple: true } },
  allowPositionals: true,
});

if (values.help === true) {
  console.log(help);
} else {
  const wanted = values.only ?? ['check', ...phases.map(({ name }) => name)];
  const tallies = [];
  if (wanted.includes('check')) tallies.push(await runChecks());
  for (const phase of phases) {
    if (wanted.includes(phase.name)) tallies.push(await phase.run(positionals));
  }
  const { passed, failed } = sum(tallies);
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
}
