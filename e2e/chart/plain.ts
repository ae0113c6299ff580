import { helm, chart } from './render.ts';

const notice = '# Made of charts/docksnap by npm run generate: change it there.\n';

/**
 * The chart with its own values, for those who install without Helm: what only Helm understands is left out, and the
 * definition of the monitor lies in a file of its own.
 */
export async function plainManifests(): Promise<string> {
  const settings = ['--namespace', 'docksnap', '--no-hooks', '--set', 'crds.enabled=false'];
  const rendered = await helm(['template', 'docksnap', chart, ...settings]);
  return notice + rendered.replaceAll(/^ *app\.kubernetes\.io\/managed-by: Helm\n|^ *helm\.sh\/chart: .*\n/gm, '');
}
