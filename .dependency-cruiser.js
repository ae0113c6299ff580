/** What may import what. Each rule carries its reason; `npm run check` holds them. */
const spec = '\\.spec\\.ts$|/testing/|^e2e/';

export default {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'A cycle means that two files are one: merge them, or find the third that both need.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'contract-stands-alone',
      comment: 'The contract runs in agent, api and browser: zod is all that it may know.',
      severity: 'error',
      from: { path: '^api/contract/src', pathNot: spec },
      to: { pathNot: '^api/contract/src|(^|/)node_modules/zod/' },
    },
    {
      name: 'agent-knows-the-contract-alone',
      comment: 'The agent is multiplied by the number of machines: no framework, no sibling.',
      severity: 'error',
      from: { path: '^agent/src', pathNot: spec },
      to: { path: '^(operator|console|e2e|api/src)/|node_modules/(?!zod/)' },
    },
    {
      name: 'operator-imports-no-sibling',
      comment: 'The operator meets the others through Kubernetes and HTTP; a hidden contract would drift.',
      severity: 'error',
      from: { path: '^operator/src', pathNot: spec },
      to: { path: '^(agent|console|e2e|api)/' },
    },
    {
      name: 'api-imports-the-contract-alone',
      comment: 'The API is deployed apart from agent, operator and console.',
      severity: 'error',
      from: { path: '^api/src', pathNot: spec },
      to: { path: '^(agent|operator|console|e2e)/' },
    },
    {
      name: 'console-imports-the-contract-alone',
      comment: 'The browser sees the API through its contract, without the codec.',
      severity: 'error',
      from: { path: '^console/src' },
      to: { path: '^(agent|operator|e2e|api/src)/|^api/contract/src/codec/' },
    },
    {
      name: 'nothing-imports-main',
      comment: 'main.ts wires; what it wires is imported from where it is defined.',
      severity: 'error',
      from: {},
      to: { path: '^(agent|api|operator|console)/src/main\\.ts$' },
    },
    {
      name: 'mongoose-behind-the-store',
      comment: 'Only schemas, repositories and their modules know the database.',
      severity: 'error',
      from: { path: '^api/src', pathNot: 'repository|schema|module|^api/src/store/|' + spec },
      to: { path: 'node_modules/(mongoose|mongodb|@nestjs/mongoose)/' },
    },
    {
      name: 'kubernetes-client-behind-kube',
      comment: 'The client leaks connections and informers die: its traps are handled in one folder.',
      severity: 'error',
      from: { path: '^(api|operator)/src', pathNot: '/kube/|' + spec },
      to: { path: 'node_modules/@kubernetes/client-node/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'echarts-behind-one-file',
      comment: 'Core imports in one lazy file keep ECharts out of the first load.',
      severity: 'error',
      from: { path: '^console/src', pathNot: 'usage-chart/echarts\\.ts$|' + spec },
      to: { path: 'node_modules/echarts/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-tests-in-products',
      comment: 'A product file that needs a test file is a test file.',
      severity: 'error',
      from: { pathNot: spec },
      to: { path: '\\.spec\\.ts$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|\\.angular|generated)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types', 'node', 'default'] },
  },
};
