import { join } from 'node:path';
import { ensureBuilt } from '../../cluster/toolchain/build.ts';
import type { Recipe } from '../../cluster/toolchain/recipes.ts';

const modules = join(import.meta.dirname, 'modules');

/** Checks manifests against the schemas of a version of Kubernetes (https://github.com/yannh/kubeconform). */
const kubeconform: Recipe = {
  name: 'kubeconform',
  title: 'kubeconform 0.7.0',
  moduleDir: join(modules, 'kubeconform'),
  packages: ['github.com/yannh/kubeconform/cmd/kubeconform'],
  variables: {},
  expectedSeconds: 20,
};

/** Finds what manifests lack in production (https://github.com/zegl/kube-score). */
const kubeScore: Recipe = {
  name: 'kube-score',
  title: 'kube-score 1.20.0',
  moduleDir: join(modules, 'kube-score'),
  packages: ['github.com/zegl/kube-score/cmd/kube-score'],
  variables: {},
  expectedSeconds: 60,
};

/** Both programs' paths, built on first use. */
export async function ensureTools(): Promise<{ readonly kubeconform: string; readonly kubeScore: string }> {
  return {
    kubeconform: join(await ensureBuilt(kubeconform), 'kubeconform'),
    kubeScore: join(await ensureBuilt(kubeScore), 'kube-score'),
  };
}
