import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { JsonTooLargeError, parseBoundedJson } from './bounded-json.ts';

const parsed = (text: string, most?: number): unknown => parseBoundedJson(Buffer.from(text), most);

describe('JSON that others wrote', () => {
  it('is parsed as JSON.parse does, whatever it holds', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(parsed(JSON.stringify(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it.each([
    ['brackets and commas in texts', JSON.stringify([',,,[[[', '{"\\', '\\"[', '\\']), 5],
    ['one value', '7', 1],
    ['an object of three', '{"a":1,"b":[2]}', 4],
  ])('counts what takes memory: %s', (_what, text, values) => {
    expect(parsed(text, values)).toEqual(JSON.parse(text));
    expect(() => parsed(text, values - 1)).toThrow(JsonTooLargeError);
  });

  it('never counts fewer than there are', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue(), { minLength: 2 }), (values) => {
        expect(() => parsed(JSON.stringify(values), values.length - 1)).toThrow(JsonTooLargeError);
      }),
    );
  });

  it.each([
    ['a bomb of empty objects', `[${'{},'.repeat(1_000_000)}{}]`, JsonTooLargeError],
    ['a text that ends in a string', '["abc', SyntaxError],
    ['a text that ends in an escape', '["abc\\', SyntaxError],
    ['nothing', '', SyntaxError],
  ])('refuses %s', (_what, text, error) => {
    expect(() => parsed(text)).toThrow(error);
  });
});
