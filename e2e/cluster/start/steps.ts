import { join } from 'node:path';
import { buildWorkspace, isWorkspaceBuilt, workspaces } from '../../images/workspaces.ts';
import { inside } from '../config/inside.ts';
import type { StartContext } from './context.ts';
import { applyManifest } from './manifests.ts';
import { dnsServiceIp, firstNode } from '../network.ts';
import { CHECKOUT } from '../paths.ts';
import { installChart } from './chart.ts';
import { applyMonitor, waitForReports } from './monitor.ts';
import type { Step } from './progress.ts';
import { waitForApiServer, waitForNodes, waitForRollout } from './readiness.ts';
import { installPackages, missingPackages } from './requirements.ts';
import { CADVISOR_IMAGES, provideClusterImages, provideProductImages, removeOldImages } from './images.ts';
import { startNodes } from './nodes.ts';
import { isStateUsable } from '../state.ts';
import { ensureBuilt, isBuilt } from '../toolchain/build.ts';
import { recipes } from '../toolchain/recipes.ts';

const manifests = join(import.meta.dirname, '../manifests');

/** What has to be done once on a machine: programs installed and built. */
export function toolSteps(): Step[] {
  const packages = missingPackages();
  const install: Step[] =
    packages.length === 0
      ? []
      : [{ name: `installing ${packages.join(', ')}`, expectedSeconds: 60, run: () => installPackages(packages) }];
  const builds = Object.values(recipes)
    .filter((recipe) => !isBuilt(recipe))
    .map((recipe) => ({
      name: `building ${recipe.title}`,
      expectedSeconds: recipe.expectedSeconds,
      run: async () => {
        await ensureBuilt(recipe);
      },
    }));
  return [...install, ...builds];
}

/** Two nodes, Ready. */
export function nodeSteps(context: StartContext): Step[] {
  return [
    { name: 'starting the nodes', expectedSeconds: 3, run: () => startNodes(context) },
    { name: 'waiting for the API server', expectedSeconds: 6, run: () => waitForApiServer(context.cluster) },
    {
      name: 'waiting for both nodes to be Ready',
      expectedSeconds: 10,
      run: () => waitForNodes(context.cluster, context.file.startedAtMs),
    },
  ];
}

/** What makes the nodes a cluster worth watching: a name server, a volume, and workloads. */
export function workloadSteps(context: StartContext): Step[] {
  return [
    { name: 'providing the images of the cluster', expectedSeconds: 5, run: () => provideClusterImages(context) },
    { name: 'installing the name server and the volume', expectedSeconds: 5, run: () => installAddons(context) },
    { name: 'starting the demonstration workloads', expectedSeconds: 2, run: () => startDemo(context) },
  ];
}

/** DockSnap: built, packed into images, installed, and seen to work. */
export function productSteps(context: StartContext): Step[] {
  const builds = workspaces
    .filter((workspace) => !isWorkspaceBuilt(workspace))
    .map((workspace) => ({
      name: `building the ${workspace.name}`,
      expectedSeconds: workspace.expectedSeconds,
      run: () => buildWorkspace(workspace),
    }));
  return [
    ...builds,
    { name: 'providing the images of DockSnap', expectedSeconds: 15, run: () => provideProductImages(context) },
    {
      name: 'installing DockSnap by its packaged chart',
      // At first the kubelet takes more than a minute to bring the Secrets that the API fills to the database.
      expectedSeconds: isStateUsable(context.stateDir) ? 10 : 90,
      run: () => installProduct(context),
    },
    { name: 'applying the sample monitor', expectedSeconds: 1, run: () => applyMonitor(context.cluster) },
    {
      name: 'waiting until every node reports',
      expectedSeconds: 20,
      run: () => waitForReports(context.cluster, context.file.startedAtMs),
    },
    { name: 'removing images of earlier builds', expectedSeconds: 1, run: () => removeOldImages(context) },
  ];
}

async function installAddons(context: StartContext): Promise<void> {
  await applyManifest(context.cluster, join(manifests, 'coredns.yaml'), {
    IMAGE: context.image('coredns').reference,
    DNS_IP: dnsServiceIp,
  });
  await applyManifest(context.cluster, join(manifests, 'volume.yaml'), {
    VOLUME: `${inside.volumes}/trial-database`,
    NODE: firstNode,
  });
  await waitForRollout(context.cluster, 'kube-system', 'deployment/coredns');
}

async function startDemo(context: StartContext): Promise<void> {
  for (const name of ['shop', 'batch']) {
    await applyManifest(context.cluster, join(CHECKOUT, `e2e/demo/${name}.yaml`), {
      IMAGE: context.image('demo').reference,
    });
  }
}

async function installProduct(context: StartContext): Promise<void> {
  await installChart(context.cluster, {
    agent: context.image('agent'),
    api: context.image('api'),
    operator: context.image('operator'),
    trialDatabase: context.image('trial-database'),
    ...(CADVISOR_IMAGES.length > 0 && { cadvisor: context.image('cadvisor') }),
  });
}
