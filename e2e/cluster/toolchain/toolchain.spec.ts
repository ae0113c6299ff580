import { describe, expect, it } from '@jest/globals';
import { isSelfUpdating } from './go.ts';
import { recipes, type Recipe } from './recipes.ts';
import { linkerFlags, stampOf } from './stamp.ts';

describe('stampOf', () => {
  const recipe: Recipe = recipes.pause;

  it('stays the same for the same sources', () => {
    expect(stampOf(recipe)).toBe(stampOf({ ...recipe }));
  });

  it.each([
    ['its packages', { ...recipe, packages: ['docksnap.io/other'] }],
    ['its variables', { ...recipe, variables: { 'main.version': '2' } }],
    ['its sources', { ...recipe, moduleDir: recipes.etcd.moduleDir }],
  ])('changes with %s', (_what, other) => {
    expect(stampOf(other)).not.toBe(stampOf(recipe));
  });

  it('changes with the kind of machine', () => {
    expect(stampOf(recipe, 'x64')).not.toBe(stampOf(recipe, 'arm64'));
  });
});

describe('linkerFlags', () => {
  it('drops the symbols and sets the variables', () => {
    expect(linkerFlags({ 'a/b.version': 'v1' })).toBe('-s -w -X a/b.version=v1');
  });
});

describe('isSelfUpdating', () => {
  it.each([
    ['1.26.8', true],
    ['1.21', true],
    ['1.20.14', false],
    ['2.0', true],
  ])('Go %s: %s', (version, expected) => {
    expect(isSelfUpdating(version)).toBe(expected);
  });
});
