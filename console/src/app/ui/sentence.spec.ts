import { describe, expect, it } from '@jest/globals';
import { asSentence } from './sentence.ts';

describe('asSentence', () => {
  it.each([
    ['begins large and stops', 'the database is away; try again', 'The database is away; try again.'],
    ['leaves a sentence as it is', 'Log in first!', 'Log in first!'],
    ['makes nothing of nothing', ' ', ''],
  ])('%s', (_sentence, message, expected) => {
    expect(asSentence(message)).toBe(expected);
  });
});
