import { spawn, type SpawnOptions } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';

/** How {@link run} runs: where, with what, and for how long at most. */
export interface RunOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Text for the command's standard input. */
  readonly input?: string;
  /** A file that is the command's standard input. */
  readonly inputFile?: string;
  /** The command is killed after this; 60,000 unless told. */
  readonly timeoutMs?: number;
  /** Ends the command when aborted. */
  readonly signal?: AbortSignal;
}

const SHOWN_ERROR_CHARACTERS = 2_000;

/** A command that could not be run, ended with a code other than 0, or took too long. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
}

/**
 * Runs a command to its end.
 * @returns its standard output.
 * @throws {CommandError} naming the command, how it ended and the last of what it wrote to standard error.
 */
export async function run(command: string, args: readonly string[], options: RunOptions = {}): Promise<string> {
  const { input, inputFile, timeoutMs = 60_000, ...rest } = options;
  const file = inputFile === undefined ? undefined : openSync(inputFile, 'r');
  const spawnOptions: SpawnOptions = {
    ...rest,
    stdio: [file ?? 'pipe', 'pipe', 'pipe'],
    timeout: timeoutMs,
    killSignal: 'SIGKILL',
  };
  const child = spawn(command, args, spawnOptions);
  if (file !== undefined) closeSync(file); // The child has its own.
  const output: Buffer[] = [];
  const errors: Buffer[] = [];
  child.stdout?.on('data', (chunk: Buffer) => output.push(chunk));
  child.stderr?.on('data', (chunk: Buffer) => errors.push(chunk));
  child.stdin?.on('error', () => undefined); // A command may end before it has read all input; its exit code tells.
  child.stdin?.end(input ?? '');

  const shown = [command, ...args].join(' ').slice(0, 300);
  const [code, signal] = await new Promise<[number | null, NodeJS.Signals | null]>((resolve, reject) => {
    child.on('error', (error) => {
      reject(new CommandError(`cannot run ${shown}: ${error.message}`, { cause: error }));
    });
    child.on('close', (...ended) => {
      resolve(ended);
    });
  });
  if (code !== 0) {
    const how =
      signal === null
        ? `ended with code ${String(code)}`
        : `was ended by ${signal} (at most ${String(timeoutMs / 1000)} s)`;
    const said = Buffer.concat(errors).toString().trim().slice(-SHOWN_ERROR_CHARACTERS);
    throw new CommandError(`${shown} ${how}${said === '' ? '' : `:\n${said}`}`);
  }
  return Buffer.concat(output).toString();
}

/** Whether the command exists on PATH and ends with code 0. */
export async function succeeds(command: string, args: readonly string[], options: RunOptions = {}): Promise<boolean> {
  return run(command, args, options).then(
    () => true,
    () => false,
  );
}
