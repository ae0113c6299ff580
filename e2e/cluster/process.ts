import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
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

/** A command that could not be run, ended with a code other than 0, or took too long. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
}

const DEFAULT_TIMEOUT_MS = 60_000;
const SHOWN_COMMAND_CHARACTERS = 300;
const SHOWN_ERROR_CHARACTERS = 4_000;

/**
 * Runs a command to its end.
 * @returns its standard output.
 * @throws {CommandError} naming the command, how it ended and the last of what it wrote to standard error, else to standard output.
 */
export async function run(command: string, args: readonly string[], options: RunOptions = {}): Promise<string> {
  const shown = [command, ...args].join(' ').slice(0, SHOWN_COMMAND_CHARACTERS);
  const child = start(command, args, options);
  const output = collect(child.stdout);
  const errors = collect(child.stderr);
  try {
    const ended: unknown[] = await once(child, 'close');
    const [code, signal] = ended;
    if (code === 0) return output();
    const how = typeof signal === 'string' ? `was ended by ${signal}` : `ended with code ${String(code)}`;
    // Linters and compilers complain on their standard output.
    const said = errors().trim() || output().trim();
    throw new CommandError(`${shown} ${how}:\n${said.slice(-SHOWN_ERROR_CHARACTERS)}`);
  } catch (error) {
    if (error instanceof CommandError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new CommandError(`cannot run ${shown}: ${reason}`, { cause: error });
  }
}

function start(command: string, args: readonly string[], options: RunOptions): ChildProcess {
  const { input = '', inputFile, timeoutMs = DEFAULT_TIMEOUT_MS, ...rest } = options;
  const file = inputFile === undefined ? undefined : openSync(inputFile, 'r');
  const child = spawn(command, args, {
    ...rest,
    stdio: [file ?? 'pipe', 'pipe', 'pipe'],
    timeout: timeoutMs,
    killSignal: 'SIGKILL',
  });
  if (file !== undefined) closeSync(file); // The child has its own.
  child.stdin?.on('error', () => undefined); // A command may end before it has read all input; its exit code tells.
  child.stdin?.end(input);
  return child;
}

/** Keeps what a stream brings. @returns what it has brought so far, as text. */
function collect(stream: NodeJS.ReadableStream | null): () => string {
  const chunks: Buffer[] = [];
  stream?.on('data', (chunk: Buffer) => chunks.push(chunk));
  return () => Buffer.concat(chunks).toString();
}
