import * as z from 'zod';
import type { Cell, Table } from './table.ts';

type Path = readonly string[];

/**
 * The rows of a list, by the schema of one: a column for each member, `workload.kind` for members of members; lists and
 * maps as JSON. The columns are there when no row is.
 */
export function tableOf(schema: z.ZodObject): (answer: { readonly items: readonly object[] }) => Table {
  const paths = pathsOf(schema, []);
  const columns = paths.map((path) => path.join('.'));
  return ({ items }) => ({ columns, rows: rowsOf(items, paths) });
}

function* rowsOf(items: readonly object[], paths: readonly Path[]): Generator<readonly Cell[]> {
  for (const item of items) yield paths.map((path) => cell(path.reduce<unknown>(member, item)));
}

function pathsOf(schema: z.ZodObject, before: Path): Path[] {
  return Object.entries(schema.shape).flatMap(([name, member]) => {
    const inner = unwrapped(member);
    const path = [...before, name];
    return inner instanceof z.ZodObject ? pathsOf(inner, path) : [path];
  });
}

/** What may be null or left out is a schema around a schema. */
function unwrapped(schema: unknown): unknown {
  return schema instanceof z.ZodNullable || schema instanceof z.ZodOptional ? unwrapped(schema.unwrap()) : schema;
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

function cell(value: unknown): Cell {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  return JSON.stringify(value);
}
