import { Problem } from '../problem/problem.ts';

export const formats = ['json', 'csv'] as const;
export type Format = (typeof formats)[number];

/** The form that a request asks for: by `format`, else by Accept, where what is named first wins; else JSON. */
export function wantedFormat(format: unknown, accept: string | undefined): Format {
  if (format === undefined) return accepted(accept ?? '');
  const known = formats.find((each) => each === format);
  if (known !== undefined) return known;
  const message = `format: ask for one of ${formats.join(', ')}`;
  throw new Problem(422, 'invalid_query', message, { parameter: 'format' });
}

function accepted(accept: string): Format {
  const types = accept.split(',', 20).map((part) => part.split(';', 1)[0]?.trim().toLowerCase());
  const first = types.find((type) => type === 'text/csv' || type === 'application/json');
  return first === 'text/csv' ? 'csv' : 'json';
}
