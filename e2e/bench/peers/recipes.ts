import { join } from 'node:path';
import type { Recipe } from '../../cluster/toolchain/recipes.ts';

const modules = join(import.meta.dirname, 'modules');

/** The peers, built as the cluster's programs are: versions and hashes stand in the committed go.mod and go.sum. */
export const peerRecipes = {
  victoriaMetrics: {
    name: 'victoria-metrics',
    title: 'VictoriaMetrics 1.151.0',
    moduleDir: join(modules, 'victoria-metrics'),
    packages: ['github.com/VictoriaMetrics/VictoriaMetrics/app/victoria-metrics'],
    variables: {},
    expectedSeconds: 60,
  },
  vmagent: {
    name: 'vmagent',
    title: 'vmagent 1.151.0',
    moduleDir: join(modules, 'victoria-metrics'),
    packages: ['github.com/VictoriaMetrics/VictoriaMetrics/app/vmagent'],
    variables: {},
    expectedSeconds: 60,
  },
  prometheus: {
    name: 'prometheus',
    title: 'Prometheus 3.16.0',
    moduleDir: join(modules, 'prometheus'),
    packages: ['prometheus', 'promtool'].map((command) => `github.com/prometheus/prometheus/cmd/${command}`),
    variables: {},
    expectedSeconds: 240,
  },
} as const satisfies Record<string, Recipe>;
