import presets from 'jest-preset-angular/presets/index.js';

export default {
  ...presets.createEsmPreset({ tsconfig: '<rootDir>/tsconfig.json' }),
  displayName: 'console',
  rootDir: import.meta.dirname,
  testMatch: [
    process.env.DOCKSNAP_PHASE === 'cluster' ? '<rootDir>/src/**/*.cluster.spec.ts' : '<rootDir>/src/**/*.spec.ts',
  ],
  setupFilesAfterEnv: ['<rootDir>/src/testing/setup.ts'],
};
