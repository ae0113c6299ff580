import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../cluster/process.ts';
import { ensureCadvisor } from '../cluster/toolchain/cadvisor.ts';
import { ensureTrialDatabase } from '../cluster/toolchain/trial-database.ts';
import { Program } from '../control-plane/program.ts';
import { until } from '../system/support/until.ts';
import { dockerSocket } from './docker-socket.ts';
import { agentCommand, apiCommand, cadvisorCommand, databaseCommand, joinCommand } from './programs.ts';
import type { Files, Ports } from './state.ts';
import { asAdmin, invite } from './tokens.ts';

/** In the order in which they were started. */
export type Programs = Program[];

const readyMs = 90_000;

/** Starts every program; each is in `programs` from its start on, also when a later one fails. */
export async function bringUp(programs: Programs, at: Files, ports: Ports): Promise<void> {
  const docker = dockerSocket(process.env).path;
  for (const folder of [at.database, at.api]) mkdirSync(folder, { recursive: true, mode: 0o700 });
  const start = (name: string, command: readonly string[]): void => {
    programs.push(new Program(command, at.log(name)));
  };
  start('database', databaseCommand(await ensureTrialDatabase(), at, ports));
  start('cadvisor', cadvisorCommand(await ensureCadvisor(), ports, docker));
  start('api', apiCommand(at, ports));
  const origin = `http://127.0.0.1:${ports.http}`;
  await until(`a ready API (see ${at.log('api')})`, readyMs, async () => (await fetch(`${origin}/readyz`)).ok);
  if (!existsSync(join(at.agent, 'machine.json'))) await joinOnce(origin, at, ports);
  start('agent', agentCommand(at, ports, docker));
}

/** The agent's way in is that of every other machine: an invitation by the admin, and a key of its own. */
async function joinOnce(origin: string, at: Files, ports: Ports): Promise<void> {
  const { token, caCertHash } = await invite(await asAdmin(origin, at));
  await run(process.execPath, joinCommand(at, ports, caCertHash), { input: `${token}\n` });
}
