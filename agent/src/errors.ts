import { objectOf, textOf } from './json.ts';

/** What an error says, whatever was thrown. */
export function messageOf(error: unknown): string {
  return textOf(objectOf(error)['message']) ?? String(error);
}

/** An error's code (ECONNREFUSED), else its name (TimeoutError), else nothing. */
export function codeOf(error: unknown): string {
  const { code, name } = objectOf(error);
  return textOf(code) ?? textOf(name) ?? '';
}

/** Where a defect was met, for the log. */
export function stackOf(error: unknown): string {
  return textOf(objectOf(error)['stack']) ?? String(error);
}
