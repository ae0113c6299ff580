import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { CHECKOUT } from '../../cluster/paths.ts';
import { markdownTable } from './table.ts';

/** Figures that are quoted: a file beside each bench, written by `npm run bench -- --save` and by nothing else. */
const folder = join(CHECKOUT, 'e2e/bench');
const fileName = 'result.json';

const savedSchema = z.object({
  bench: z.string(),
  title: z.string(),
  runs: z.int(),
  rows: z.array(
    z.object({
      what: z.string(),
      unit: z.enum(['B/sample', 'bytes', 'count', 'ms', 'µs', 'samples/s', '×']),
      ours: z.array(z.number()).readonly(),
      peer: z.object({ name: z.string(), values: z.array(z.number()).readonly() }).exactOptional(),
      goal: z
        .object({ kind: z.enum(['at most', 'at least']), of: z.enum(['value', 'ratio']), bound: z.number() })
        .exactOptional(),
    }),
  ),
});
export type Saved = z.infer<typeof savedSchema>;

export function save(result: Saved): void {
  writeFileSync(join(folder, result.bench, fileName), `${JSON.stringify(result, undefined, 2)}\n`);
}

/** Every saved result, by the bench's name. */
export function allSaved(): readonly Saved[] {
  return globSync(`*/${fileName}`, { cwd: folder })
    .sort()
    .map((path) => savedSchema.parse(JSON.parse(readFileSync(join(folder, path), 'utf8'))));
}

const markers = /(<!-- bench: begin[^>]*-->\n)[^]*?(<!-- bench: end -->)/;

/** The document with the saved figures between its markers. @throws when it has none. */
export function withTables(document: string, saved: readonly Saved[]): string {
  if (!markers.test(document)) throw new Error('the document has no markers of the bench table');
  const tables = saved.map(({ title, rows, runs }) => `**${title}**, ${runs} runs:\n\n${markdownTable(rows)}\n\n`);
  return document.replace(markers, (_, begin: string, end: string) => `${begin}\n${tables.join('')}${end}`);
}

/** Writes the saved figures into the README. */
export function writeReadme(): void {
  const path = join(CHECKOUT, 'README.md');
  writeFileSync(path, withTables(readFileSync(path, 'utf8'), allSaved()));
}
