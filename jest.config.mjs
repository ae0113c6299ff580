/**
 * One project per workspace. `*.spec.ts` run anywhere; `*.cluster.spec.ts` need the running cluster and are run by
 * `npm test` in its second phase (DOCKSNAP_PHASE=cluster).
 */
const cluster = process.env.DOCKSNAP_PHASE === 'cluster';
const testMatch = (folder) => [`<rootDir>/${folder}/**/*${cluster ? '.cluster' : ''}.spec.ts`];
const ignored = ['/node_modules/', '/dist/', ...(cluster ? [] : ['\\.cluster\\.spec\\.ts$'])];

const erasable = (displayName, folder) => ({
  displayName,
  rootDir: import.meta.dirname,
  testMatch: testMatch(folder),
  testPathIgnorePatterns: ignored,
  transform: { '\\.ts$': '<rootDir>/e2e/jest/strip-types.mjs' },
  extensionsToTreatAsEsm: ['.ts'],
  testEnvironment: 'node',
});

const api = {
  displayName: 'api',
  rootDir: import.meta.dirname,
  testMatch: testMatch('api/src'),
  testPathIgnorePatterns: ignored,
  transform: {
    '\\.ts$': [
      '@swc/jest',
      {
        swcrc: false,
        sourceMaps: 'inline',
        jsc: {
          target: 'es2024',
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true },
          keepClassNames: true,
        },
      },
    ],
  },
  testEnvironment: 'node',
};

export default {
  projects: [
    erasable('contract', 'api/contract/src'),
    erasable('agent', 'agent/src'),
    erasable('operator', 'operator/src'),
    api,
    '<rootDir>/console/jest.config.mjs',
    erasable('e2e', 'e2e'),
  ],
};
