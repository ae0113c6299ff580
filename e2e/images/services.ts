import { relative, join } from 'node:path';
import { CHECKOUT } from '../cluster/paths.ts';
import { run } from '../cluster/process.ts';
import { UNPRIVILEGED, type Image } from './image.ts';

/** The agent: one bundle. */
export function agentImage(base: string): Image {
  return bundleImage('agent', 'main.mjs', base);
}

/** The operator: one bundle. */
export function operatorImage(base: string): Image {
  return bundleImage('operator', 'main.cjs', base);
}

function bundleImage(name: string, file: string, base: string): Image {
  const entrypoint = ['/bin/node', `/app/${file}`];
  return {
    name,
    base,
    files: { [`/app/${file}`]: join(CHECKOUT, name, 'dist', file) },
    entrypoint,
    user: UNPRIVILEGED,
  };
}

/** What the API's packages bring that is of use to compilers and readers only. */
const NOT_RUN = /\.(?:map|md|markdown|d\.[cm]?ts)$|\/node_modules\/(?:typescript|@types|@microsoft)(?:\/|$)/;

/** The packages that the API loads: a layer of its own, for they change seldom. */
export async function apiPackagesImage(base: string): Promise<Image> {
  const listed = await run('npm', ['ls', '--workspace', '@docksnap/api', '--omit=dev', '--all', '--parseable'], {
    cwd: CHECKOUT,
  });
  const folders = listed.split('\n').map((path) => relative(CHECKOUT, path));
  const packages = folders.filter(
    (path) => path.startsWith('node_modules/') && !path.startsWith('node_modules/@docksnap/'),
  );
  // A package inside another one comes with it.
  const outermost = packages.filter((path) => path.lastIndexOf('node_modules/') === 0);
  return {
    name: 'api-packages',
    base,
    files: Object.fromEntries(outermost.map((path) => [`/app/${path}`, join(CHECKOUT, path)])),
    omit: NOT_RUN,
    entrypoint: ['/bin/node'],
    user: UNPRIVILEGED,
  };
}

/** The API with the console that it serves. */
export function apiImage(packages: string): Image {
  const api = join(CHECKOUT, 'api');
  return {
    name: 'api',
    base: packages,
    files: {
      '/app/api': join(api, 'dist'),
      '/app/package.json': join(api, 'package.json'),
      '/app/contract/package.json': join(api, 'contract/package.json'),
      '/app/contract/src': join(api, 'contract/src'),
      '/app/console': join(CHECKOUT, 'console/dist/browser'),
    },
    omit: /\.spec\.ts$|\.map$|\/\.sources$/,
    // Through the link, as in the workspace: Node runs TypeScript only from outside node_modules.
    links: { '/app/node_modules/@docksnap/contract': '../../contract', '/app/main.js': 'api/main.js' },
    entrypoint: ['/bin/node', '/app/main.js'],
    user: UNPRIVILEGED,
  };
}
