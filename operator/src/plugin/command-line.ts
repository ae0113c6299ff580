import { parseArgs } from 'node:util';
import type { helps } from './helps.ts';

export const formats = ['table', 'wide', 'json', 'yaml'] as const;
export type Format = (typeof formats)[number];
export const shells = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof shells)[number];

/** Which cluster, with whose credentials, and where in it; undefined as kubectl itself decides. */
export interface Where {
  readonly kubeconfig?: string | undefined;
  readonly context?: string | undefined;
  /** Undefined: every namespace. */
  readonly namespace?: string | undefined;
}

export type Command =
  | { readonly name: 'help'; readonly of: keyof typeof helps }
  | { readonly name: 'status'; readonly where: Where; readonly format: Format }
  | { readonly name: 'diagnose'; readonly where: Where; readonly node: string | undefined }
  | { readonly name: 'support-bundle'; readonly where: Where; readonly file: string }
  | { readonly name: 'open'; readonly where: Where; readonly browser: boolean }
  | { readonly name: 'completion'; readonly shell: Shell };

/** The user asked for something that there is not. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export const commandNames = ['status', 'diagnose', 'support-bundle', 'open', 'completion'] as const;

const whereOptions = {
  namespace: { type: 'string', short: 'n' },
  context: { type: 'string' },
  kubeconfig: { type: 'string' },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

/** Reads the arguments. @throws {UsageError} naming what is wrong and what is allowed */
export function parseCommand([name = 'help', ...rest]: readonly string[]): Command {
  if (['help', '--help', '-h'].includes(name)) return { name: 'help', of: 'docksnap' };
  const known = commandNames.find((one) => one === name);
  if (known === undefined) throw new UsageError(`there is no command ${name}: ${commandNames.join(', ')}`);
  return known === 'completion' ? parseCompletion(rest) : parseAsking(known, rest);
}

function parseAsking(name: Exclude<(typeof commandNames)[number], 'completion'>, args: readonly string[]): Command {
  const { values, positionals } = parse(args);
  if (values.help) return { name: 'help', of: name };
  const { namespace, context, kubeconfig } = values;
  const where = { namespace, context, kubeconfig };
  const [node] = positionals;
  const tooMany = positionals[name === 'diagnose' ? 1 : 0];
  if (tooMany !== undefined) throw new UsageError(`${name} does not take ${tooMany}: kubectl docksnap ${name} --help`);
  switch (name) {
    case 'status':
      return { name, where, format: parseFormat(values.output) };
    case 'diagnose':
      return { name, where, node };
    case 'support-bundle':
      return { name, where, file: values.file };
    case 'open':
      return { name, where, browser: !values['no-browser'] };
  }
}

function parse(args: readonly string[]) {
  const options = {
    ...whereOptions,
    output: { type: 'string', short: 'o', default: 'table' },
    file: { type: 'string', short: 'f', default: 'docksnap-support.tar.gz' },
    'no-browser': { type: 'boolean', default: false },
  } as const;
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function parseFormat(text: string): Format {
  const format = formats.find((one) => one === text);
  if (format === undefined) throw new UsageError(`--output ${text} is not allowed: ${formats.join(', ')}`);
  return format;
}

function parseCompletion([shell, ...more]: readonly string[]): Command {
  if (shell === '--help' || shell === '-h') return { name: 'help', of: 'completion' };
  const known = shells.find((one) => one === shell);
  if (known === undefined || more.length > 0)
    throw new UsageError(`completion needs the name of a shell: ${shells.join(', ')}`);
  return { name: 'completion', shell: known };
}
