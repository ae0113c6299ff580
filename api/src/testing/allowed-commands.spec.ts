import { describe, expect, it } from '@jest/globals';
import { objection } from './allowed-commands.ts';

describe('what the API may ask of a database', () => {
  it.each([
    ['one document', 'find', { find: 'raw', filter: { _id: 'n/1/0' }, limit: 1, $db: 'docksnap', lsid: {} }],
    ['a whole small collection', 'find', { find: 'nodes', filter: {} }],
    ['an insert', 'insert', { insert: 'raw', documents: [{ _id: 'a', body: Buffer.of(36) }], ordered: true }],
    ['a replacement', 'update', { update: 'days', updates: [{ q: { _id: 'a' }, u: { _id: 'a' }, upsert: true }] }],
    ['what is old in a small collection', 'delete', { delete: 'sessions', deletes: [{ q: { at: { $lt: 1 } } }] }],
    ['a removal', 'delete', { delete: 'raw', deletes: [{ q: { _id: 'a' }, limit: 1 }] }],
  ])('may be %s', (_sentence, name, command) => {
    expect(objection(name, command)).toBeUndefined();
  });

  it.each([
    ['a command that is not listed', 'aggregate', { aggregate: 'raw', pipeline: [] }, 'aggregate'],
    ['a field that is not listed', 'find', { find: 'raw', filter: {}, collation: {} }, 'collation'],
    ['an operator in a filter', 'find', { find: 'raw', filter: { _id: { $gt: 'a' } } }, '$gt'],
    ['a range of ids', 'find', { find: 'raw', filter: { _id: { $lt: 'a' } } }, 'by _id alone'],
    [
      'an operator in an update',
      'update',
      { update: 'a', updates: [{ q: { _id: 'a' }, u: { $inc: { n: 1 } } }] },
      '$inc',
    ],
    ['a filter by another field', 'find', { find: 'raw', filter: { n: 'a' } }, 'by _id alone'],
    ['a filter with one more field', 'delete', { delete: 'a', deletes: [{ q: { _id: 'a', v: 1 } }] }, 'by _id alone'],
  ])('may not be %s', (_sentence, name, command, named) => {
    expect(objection(name, command)).toContain(named);
  });
});
