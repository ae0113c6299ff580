/** Holds all of a stand-alone DockSnap: what it started ends with it, whatever ends it. */
import { mkdirSync } from 'node:fs';
import { once } from 'node:events';
import { identify } from '../cluster/proc.ts';
import { bringUp, type Programs } from './bring-up.ts';
import { files, keptPorts, writeRunning } from './state.ts';

const at = files();
const supervisor = identify(process.pid);
if (supervisor === undefined) throw new Error('this process has no entry in /proc: DockSnap’s scripts need Linux');
mkdirSync(at.dir, { recursive: true, mode: 0o700 });
writeRunning(at, { supervisor, isUp: false });
const asked = Promise.race([once(process, 'SIGTERM'), once(process, 'SIGINT')]);
const programs: Programs = [];
try {
  await bringUp(programs, at, await keptPorts(at));
  writeRunning(at, { supervisor, isUp: true });
  await asked;
} catch (error) {
  const failure = error instanceof Error ? error.message : String(error);
  writeRunning(at, { supervisor, isUp: false, failure });
  process.exitCode = 1;
} finally {
  // The agent first: what it has is sent, and stored.
  for (const program of programs.toReversed()) await program.end('SIGTERM');
}
process.exit();
