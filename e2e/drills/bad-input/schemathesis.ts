import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { CommandError, run } from '../../cluster/process.ts';
import { ensurePython } from '../../cluster/toolchain/python.ts';

const runMs = 45 * 60_000;

/** One call of schemathesis (https://schemathesis.readthedocs.io), which makes cases from the API's own description. */
export interface Fuzzing {
  readonly name: string;
  /** Who asks. */
  readonly header: string;
  /** Its options that choose operations. */
  readonly operations: readonly string[];
  /** `coverage` tries each constraint of the schema from both sides, `fuzzing` makes cases at random. */
  readonly phases: string;
  /** Random cases of each operation. */
  readonly cases: number;
}

/** How often which status was answered; 0 stands for no answer. */
export type Statuses = ReadonlyMap<number, number>;

const eventSchema = z.object({
  ScenarioFinished: z
    .object({
      recorder: z.object({
        interactions: z.record(
          z.string(),
          z.object({ response: z.object({ status_code: z.int() }).nullish(), request: z.object({ uri: z.string() }) }),
        ),
      }),
    })
    .optional(),
});

/** Runs it against an API and counts the answers, as its report tells them one by one. */
export async function fuzz(origin: string, fuzzing: Fuzzing, folder: string): Promise<Statuses> {
  const bin = await ensurePython(join(import.meta.dirname, 'requirements.txt'));
  const report = join(folder, `${fuzzing.name}.ndjson`);
  const args = [
    ...['run', `${origin}/api/openapi.json`, '--header', fuzzing.header, ...fuzzing.operations],
    ...['--phases', fuzzing.phases, '--max-examples', String(fuzzing.cases), '--checks', 'not_a_server_error'],
    ...['--continue-on-failure', '--request-timeout', '30', '--no-color', '--suppress-health-check', 'all'],
    ...['--report', 'ndjson', '--report-ndjson-path', report],
  ];
  try {
    await run(join(bin, 'schemathesis'), args, { cwd: folder, timeoutMs: runMs });
  } catch (error) {
    // It ends with 1 when it found something: the report says what.
    if (!(error instanceof CommandError && error.message.includes('ended with code 1:'))) throw error;
  }
  return count(await readFile(report, 'utf8'));
}

function count(report: string): Statuses {
  const statuses = new Map<number, number>();
  for (const line of report.trimEnd().split('\n')) {
    const { ScenarioFinished: scenario } = eventSchema.parse(JSON.parse(line));
    for (const { response } of Object.values(scenario?.recorder.interactions ?? {})) {
      const status = response?.status_code ?? 0;
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    }
  }
  return statuses;
}
