/** One thing that must hold before a test is worth running. */
export interface Check {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
}

const workspaces = ['api/contract', 'api', 'agent', 'operator', 'console', 'e2e'];

/** Every check, quickest first. Commands come from node_modules/.bin. */
export const checks: readonly Check[] = [
  {
    name: 'imports follow the rules',
    command: 'depcruise',
    args: ['--config', '.dependency-cruiser.js', ...workspaces.map((workspace) => `${workspace}/`)],
  },
  { name: 'no dead export, file or dependency', command: 'knip', args: [] },
  { name: 'format', command: 'prettier', args: ['--check', '--log-level', 'warn', '.'] },
  ...workspaces.map((workspace) => ({ name: `types of ${workspace}`, command: 'tsc', args: ['-p', workspace] })),
  {
    name: "types of the contract without any platform's",
    command: 'tsc',
    args: ['-p', 'api/contract/tsconfig.product.json'],
  },
  { name: 'lint', command: 'eslint', args: ['--max-warnings', '0', '.'] },
];
