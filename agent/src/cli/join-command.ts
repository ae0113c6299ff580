import { hostname } from 'node:os';
import { createInterface } from 'node:readline/promises';
import { ConfigError, type Environment } from '../config-env.ts';
import { join } from '../join/join.ts';
import { prepareFolder, readMachine, writeMachine } from '../join/machine.ts';
import type { Command } from './command-line.ts';
import { stateOf } from './machine-environment.ts';

/** Lets this machine join, once. @returns what to tell its owner */
export async function joinCommand(command: Extract<Command, { name: 'join' }>, env: Environment): Promise<string> {
  const { url, caCertHash, machineName = hostname() } = command;
  const directory = stateOf(command.state, env);
  const before = await readMachine(directory);
  if (before !== undefined) {
    const message = `${directory} holds the identity of ${before.name}, which joined ${before.url}`;
    throw new ConfigError(`${message}; to join anew, remove that folder, or name another by --state`);
  }
  // Before the token is spent, which is good once.
  await prepareFolder(directory);
  const token = command.token === '-' ? await firstLine() : command.token;
  const machine = await join({ url, token, name: machineName, caCertHash });
  await writeMachine(directory, machine);
  return `${machine.name} has joined ${url.origin}; its identity is in ${directory}. Now: docksnap-agent run --state ${directory}`;
}

async function firstLine(): Promise<string> {
  const lines = createInterface({ input: process.stdin });
  for await (const line of lines) return line.trim();
  return '';
}
