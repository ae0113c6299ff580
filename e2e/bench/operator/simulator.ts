import { join } from 'node:path';
import { ensureBuilt } from '../../cluster/toolchain/build.ts';
import { recipes, type Recipe } from '../../cluster/toolchain/recipes.ts';
import type { ControlPlane } from '../../control-plane/control-plane.ts';

const folder = join(import.meta.dirname, 'kwok');

/** kwok simulates kubelets: nodes that are Ready, pods that run (https://kwok.sigs.k8s.io). */
const kwok: Recipe = {
  name: 'kwok',
  title: 'kwok 0.8.0',
  moduleDir: folder,
  packages: ['sigs.k8s.io/kwok/cmd/kwok'],
  variables: {},
  expectedSeconds: 120,
};

/** Starts simulated kubelets for all nodes, and the scheduler that binds the agents' pods to them. */
export async function startSimulator(plane: ControlPlane): Promise<void> {
  const binaries = await ensureBuilt(recipes.kubernetes);
  plane.keep('kwok', [
    join(await ensureBuilt(kwok), 'kwok'),
    `--kubeconfig=${plane.kubeconfig}`,
    `--config=${join(folder, 'stages.yaml')}`,
    '--manage-all-nodes=true',
    '--node-lease-duration-seconds=0',
  ]);
  plane.keep('kube-scheduler', [
    join(binaries, 'kube-scheduler'),
    `--kubeconfig=${plane.kubeconfig}`,
    '--leader-elect=false',
    '--bind-address=127.0.0.1',
    '--secure-port=0',
    '--kube-api-qps=1000',
    '--kube-api-burst=2000',
  ]);
}
