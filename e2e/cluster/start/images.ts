import { join } from 'node:path';
import { buildBase, buildImage } from '../../images/build.ts';
import { cadvisorImage } from '../../images/cadvisor.ts';
import type { Image } from '../../images/image.ts';
import { nodeBaseImage } from '../../images/node-base.ts';
import { agentImage, apiImage, apiPackagesImage, operatorImage } from '../../images/services.ts';
import { coreDnsImage, demoImage, pauseImage, trialDatabaseImage } from '../../images/tools.ts';
import type { StartContext } from './context.ts';
import { importImages, removeOtherImages } from './node-images.ts';

const CLUSTER_IMAGES = ['pause', 'coredns', 'demo'];
const PRODUCT_IMAGES = ['trial-database', 'agent', 'operator', 'api'];
/** What monitors whose source is cAdvisor need; Debian has it for x86-64 alone. */
export const CADVISOR_IMAGES: readonly string[] = process.arch === 'x64' ? ['cadvisor'] : [];

/** Builds the images of the cluster itself and of the demonstration workloads, and brings them to every node. */
export async function provideClusterImages(context: StartContext): Promise<void> {
  for (const image of [pauseImage(), coreDnsImage(), await demoImage()]) await build(context, image);
  await importIntoNodes(context, CLUSTER_IMAGES);
}

/** Builds the images of DockSnap's parts, and brings them to every node. */
export async function provideProductImages(context: StartContext): Promise<void> {
  await build(context, trialDatabaseImage());
  const node = await buildBase(await nodeBaseImage());
  await build(context, agentImage(node));
  await build(context, operatorImage(node));
  await build(context, apiImage(await buildBase(await apiPackagesImage(node))));
  if (CADVISOR_IMAGES.length > 0) await build(context, await cadvisorImage());
  await importIntoNodes(context, [...PRODUCT_IMAGES, ...CADVISOR_IMAGES]);
}

/** Removes from the nodes what earlier builds left, once nothing runs on it any more. */
export async function removeOldImages(context: StartContext): Promise<void> {
  const images = [...CLUSTER_IMAGES, ...PRODUCT_IMAGES, ...CADVISOR_IMAGES].map((name) => context.image(name));
  await Promise.all(Object.values(context.file.nodes).map((initPid) => removeOtherImages(initPid, images)));
}

async function build(context: StartContext, image: Image): Promise<void> {
  context.images.set(image.name, await buildImage(image, join(context.stateDir, 'images')));
}

async function importIntoNodes(context: StartContext, names: readonly string[]): Promise<void> {
  const images = names.map((name) => context.image(name));
  await Promise.all(Object.values(context.file.nodes).map((initPid) => importImages(initPid, images)));
}
