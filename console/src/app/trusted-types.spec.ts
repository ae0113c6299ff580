import { afterEach, describe, expect, it } from '@jest/globals';
import { letThroughEmptyHtml } from './trusted-types.ts';

describe('letThroughEmptyHtml', () => {
  afterEach(() => {
    Reflect.deleteProperty(globalThis, 'trustedTypes');
  });

  it('makes a policy that takes nothing but the empty text', () => {
    const rules: ((html: string) => string)[] = [];
    Reflect.set(globalThis, 'trustedTypes', {
      createPolicy: (_name: string, { createHTML }: { createHTML: (html: string) => string }) => rules.push(createHTML),
    });
    letThroughEmptyHtml();
    expect(rules).toHaveLength(1);
    expect(rules[0]?.('')).toBe('');
    expect(() => rules[0]?.('<b>')).toThrow(TypeError);
  });

  it('does nothing in a browser without Trusted Types', () => {
    expect(() => {
      letThroughEmptyHtml();
    }).not.toThrow();
  });
});
