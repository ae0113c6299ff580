import { join } from 'node:path';
import type { Recipe } from './recipes.ts';

/** What only tests need: built when the first of them asks. */
export const testRecipes = {
  registry: {
    name: 'registry',
    title: 'Distribution 3.1.2 (an image registry)',
    moduleDir: join(import.meta.dirname, 'modules/registry'),
    packages: ['github.com/distribution/distribution/v3/cmd/registry'],
    variables: {},
    expectedSeconds: 60,
  },
} as const satisfies Record<string, Recipe>;
