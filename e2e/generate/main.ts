import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { CHECKOUT } from '../cluster/paths.ts';
import { run } from '../cluster/process.ts';
import { ensureTrialDatabase } from '../cluster/toolchain/trial-database.ts';
import { runJest } from '../test/run-jest.ts';

const help = `npm run generate: writes anew what is derived and committed. Read the difference before you commit it.

  operator/src/generated     types of the CRD
  docs/reference             the page about the CRD's fields
  charts/docksnap/README.md  the table of the chart's values
  deploy/                    the chart for those who install without Helm
  operator/src/desired/golden, e2e/chart/golden, api/openapi.json
                             what the tests compare with

  --help                     this text`;

/** Specs that write what they compare with when UPDATE_GOLDEN=1. */
const golden = ['operator/src/desired/daemon-set', 'api/src/openapi/', 'e2e/chart/'];

const { values } = parseArgs({ options: { help: { type: 'boolean' } } });
if (values.help === true) {
  console.log(help);
} else {
  await run(process.execPath, ['generate.ts'], { cwd: join(CHECKOUT, 'operator') });
  const { failed } = await runJest({
    phase: 'unit',
    env: { UPDATE_GOLDEN: '1', DOCKSNAP_TRIAL_DATABASE_BIN: await ensureTrialDatabase() },
    args: golden,
    timeoutMs: 5 * 60_000,
  });
  process.exitCode = failed === 0 ? 0 : 1;
}
