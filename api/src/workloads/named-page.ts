import { Problem } from '../problem/problem.ts';

interface Asked {
  readonly limit?: number | undefined;
  readonly cursor?: string | undefined;
}

/**
 * Groups in the order of their names; with a limit so many of them, and the cursor of the page after, which goes on
 * behind the name that it holds. Throws 422.
 */
export function namedPage<T>(groups: ReadonlyMap<string, T>, { limit, cursor }: Asked) {
  const after = cursor === undefined ? undefined : nameIn(cursor);
  const ascending = [...groups].sort(([one], [other]) => (one < other ? -1 : 1));
  const rest = after === undefined ? ascending : ascending.filter(([name]) => name > after);
  const page = rest.slice(0, limit);
  const last = page.at(-1)?.[0];
  const cursorAfter = page.length === rest.length || last === undefined ? null : cursorOf(last);
  return { rows: page.map(([, group]) => group), next: limit === undefined ? {} : { next: cursorAfter } };
}

function cursorOf(name: string): string {
  return Buffer.from(name).toString('base64url');
}

function nameIn(cursor: string): string {
  const name = Buffer.from(cursor, 'base64url').toString('utf8');
  if (cursorOf(name) === cursor) return name;
  const message = 'this cursor is not one of this list; begin at the first page without a cursor';
  throw new Problem(422, 'invalid_query', message, { parameter: 'cursor' });
}
