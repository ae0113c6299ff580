import { stringify } from 'csv-stringify/sync';
import type { Cell, Table } from './table.ts';

/** Rows that are turned into text at once. */
const chunkRows = 1000;

const options = {
  record_delimiter: 'windows',
  // A spreadsheet runs a text that begins like a formula: it gets an apostrophe before it. Numbers stay as they are.
  escape_formulas: true,
  cast: { boolean: String },
} as const;

/** A table as RFC 4180 has it: a header, CRLF, quotes where needed; what is not known is empty. In pieces of many rows. */
export function* csvText({ columns, rows }: Table): Generator<string> {
  yield stringify([[...columns]], options);
  let chunk: (readonly Cell[])[] = [];
  for (const row of rows) {
    chunk.push(row);
    if (chunk.length < chunkRows) continue;
    yield stringify(chunk, options);
    chunk = [];
  }
  if (chunk.length > 0) yield stringify(chunk, options);
}
