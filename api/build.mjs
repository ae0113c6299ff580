/** Compiles src to dist for Node: decorators need it. Types are checked by tsc; tests are left out. */
import { globSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { transformFile } from '@swc/core';

const source = join(import.meta.dirname, 'src');
const target = join(import.meta.dirname, 'dist');

rmSync(target, { recursive: true, force: true });
for (const file of globSync('**/*.ts', {
  cwd: source,
  exclude: (name) => name.endsWith('.spec.ts') || name === 'testing',
})) {
  const { code } = await transformFile(join(source, file), {
    swcrc: false,
    // Not the path on this machine: builds of two checkouts are equal.
    sourceFileName: file,
    sourceMaps: 'inline',
    module: { type: 'es6' },
    jsc: {
      target: 'es2024',
      parser: { syntax: 'typescript', decorators: true },
      transform: { legacyDecorator: true, decoratorMetadata: true },
      keepClassNames: true,
      rewriteRelativeImportExtensions: true,
    },
  });
  const output = join(target, relative(source, join(source, file)).replace(/\.ts$/, '.js'));
  mkdirSync(dirname(output), { recursive: true });
  writeFileSync(output, code);
}
