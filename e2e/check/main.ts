import { parseArgs } from 'node:util';
import { runChecks } from './run-checks.ts';

const help = `npm run check: types, lint, format, import rules and dead code of every workspace.

  --help   this text`;

const { values } = parseArgs({ options: { help: { type: 'boolean' } } });
if (values.help === true) {
  console.log(help);
} else {
  const { passed, failed } = await runChecks();
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
}
