const manual = 'https://www.mongodb.com/docs/manual/reference/command/';

/** A command that the API may send, the fields that it may have, and where MongoDB describes it. */
interface AllowedCommand {
  readonly reference: string;
  readonly fields: readonly string[];
}

/** What every command may have: https://www.mongodb.com/docs/manual/reference/command/ and the driver's own. */
const everywhere = ['$db', 'lsid', '$readPreference', '$clusterTime', 'apiVersion', 'maxTimeMS'];

/**
 * All that the API asks of a database, which FerretDB 1 and MongoDB from 7 on both answer. What is not here is not
 * used: add a command only when both have it, with its reference.
 */
const allowed: Readonly<Record<string, AllowedCommand>> = {
  find: {
    reference: `${manual}find/`,
    fields: ['filter', 'projection', 'limit', 'singleBatch', 'batchSize'],
  },
  getMore: { reference: `${manual}getMore/`, fields: ['collection', 'batchSize'] },
  insert: { reference: `${manual}insert/`, fields: ['documents', 'ordered'] },
  update: { reference: `${manual}update/`, fields: ['updates', 'ordered'] },
  delete: { reference: `${manual}delete/`, fields: ['deletes', 'ordered'] },
  create: { reference: `${manual}create/`, fields: ['clusteredIndex'] },
  drop: { reference: `${manual}drop/`, fields: [] },
  dbStats: { reference: `${manual}dbStats/`, fields: [] },
  hello: { reference: `${manual}hello/`, fields: [] },
  ping: { reference: `${manual}ping/`, fields: [] },
  endSessions: { reference: `${manual}endSessions/`, fields: ['writeConcern'] },
};

const queries = 'https://www.mongodb.com/docs/manual/reference/operator/';

/** The operators that a command may have, with their references. */
const operators: Readonly<Record<string, string>> = {
  $in: `${queries}query/in/`,
  $lt: `${queries}query/lt/`,
  $or: `${queries}query/or/`,
  $set: `${queries}update/set/`,
};

/** Small collections, of which the API may ask for documents by other fields; of all others by `_id` alone. */
const searched = ['sessions', 'attempts'];

/** What is wrong with a command, or undefined when it is allowed: its name, a field, an operator, or a filter. */
export function objection(name: string, command: object): string | undefined {
  const known = allowed[name];
  if (known === undefined) return `the command ${name} is not on the list of those that the API may send`;
  const may = new Set([name, ...everywhere, ...known.fields]);
  const field = Object.keys(command).find((one) => !may.has(one));
  if (field !== undefined) return `${name} has the field ${field}, which is not on the list`;
  const operator = operatorIn(Object.entries(command).filter(([one]) => !everywhere.includes(one)));
  if (operator !== undefined) return `${name} has the operator ${operator}, which is not on the list`;
  if (searched.some((collection) => Reflect.get(command, name) === collection)) return undefined;
  const filter = filtersOf(command).find((one) => !isById(one));
  return filter === undefined
    ? undefined
    : `${name} asks for ${JSON.stringify(filter)}: documents are found by _id alone, or all of them`;
}

function operatorIn(entries: readonly (readonly [string, unknown])[]): string | undefined {
  for (const [name, value] of entries) {
    if (name.startsWith('$') && !(name in operators)) return name;
    const found = isPlain(value) ? operatorIn(Object.entries(value)) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The filters of a find, and of each update and delete. */
function filtersOf(command: object): readonly unknown[] {
  const { filter, updates, deletes }: { filter?: unknown; updates?: unknown; deletes?: unknown } = command;
  const statements: readonly unknown[] = [updates, deletes].flat();
  const ofStatements = statements.filter(isPlain).map((statement): unknown => Reflect.get(statement, 'q'));
  return filter === undefined ? ofStatements : [filter, ...ofStatements];
}

function isById(filter: unknown): boolean {
  if (!isPlain(filter)) return false;
  const entries = Object.entries(filter);
  return (
    entries.length === 0 || (entries.length === 1 && entries[0]?.[0] === '_id' && typeof entries[0][1] === 'string')
  );
}

/** An object of fields, or an array: not bytes and not one of the driver's own types. */
function isPlain(value: unknown): value is object {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return false;
  return Array.isArray(value) || !('_bsontype' in value);
}
