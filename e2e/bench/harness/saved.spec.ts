import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { CHECKOUT } from '../../cluster/paths.ts';
import { allSaved, withTables } from './saved.ts';

it('the README quotes the saved figures, to the letter', () => {
  const readme = readFileSync(join(CHECKOUT, 'README.md'), 'utf8');
  expect(withTables(readme, allSaved())).toBe(readme);
});

it('a document without markers is refused', () => {
  expect(() => withTables('nothing', [])).toThrow('markers');
});
