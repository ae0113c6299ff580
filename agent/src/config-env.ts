/** Readers of environment variables: a value, its default, or one sentence that says what is allowed. */

export type Environment = Readonly<Record<string, string | undefined>>;

/** A variable that the agent cannot start with. */
export class ConfigError extends Error {}

function fail(name: string, value: string, allowed: string): never {
  throw new ConfigError(`${name} is "${value}"; allowed is ${allowed}`);
}

export function textVariable(env: Environment, name: string): string | undefined {
  const value = env[name]?.trim();
  return value === '' ? undefined : value;
}

export function requiredVariable(env: Environment, name: string, what: string): string {
  return textVariable(env, name) ?? fail(name, '', what);
}

/** A whole number in [least, most]. */
export function integerVariable(env: Environment, name: string, range: IntegerRange): number {
  const text = textVariable(env, name);
  if (text === undefined) return range.byDefault;
  const value = /^\d{1,15}$/.test(text) ? Number(text) : NaN;
  if (value >= range.least && value <= range.most) return value;
  return fail(name, text, `a whole number from ${range.least} to ${range.most}`);
}

export interface IntegerRange {
  readonly least: number;
  readonly most: number;
  readonly byDefault: number;
}

export function choiceVariable<T extends string>(
  env: Environment,
  name: string,
  choices: readonly T[],
  byDefault: T,
): T {
  const text = textVariable(env, name);
  if (text === undefined) return byDefault;
  return choices.find((choice) => choice === text) ?? fail(name, text, `one of ${choices.join(', ')}`);
}

/** Comma-separated values without blanks around them. */
export function listVariable(env: Environment, name: string): readonly string[] {
  return (textVariable(env, name) ?? '')
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

const loopback = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** An https address; plain http only to this machine itself, for a token would travel in the clear. */
export function urlOf(name: string, text: string): URL {
  const url = URL.parse(text);
  const isSafe = url?.protocol === 'https:' || (url?.protocol === 'http:' && loopback.has(url.hostname));
  if (url === null || !isSafe || url.username !== '' || url.password !== '') {
    return fail(name, text, 'an https address without user and password (http only to 127.0.0.1, localhost or [::1])');
  }
  return url;
}
