import { describe, expect, it } from '@jest/globals';
import { columnParams, defaultColumns, readColumns } from './columns.ts';

describe('columns of a link', () => {
  it.each([
    ['none are the default ones', [], defaultColumns],
    ['stand in the order of the table', ['restarts', 'cpu'], ['cpu', 'restarts']],
    ['that do not exist are left out', ['cpu', '__proto__', 'cpu '], ['cpu']],
    ['that all do not exist are the default ones', ['nothing'], defaultColumns],
  ])('%s', (_sentence, names, expected) => {
    expect(readColumns(names)).toEqual(expected);
  });

  it('need no words for the default', () => {
    expect(columnParams(readColumns([]))).toEqual([]);
    expect(columnParams(['cpu'])).toEqual(['cpu']);
  });
});
