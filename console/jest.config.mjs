export default { displayName: 'console', rootDir: import.meta.dirname, testMatch: ['<rootDir>/src/**/*.spec.ts'] };
