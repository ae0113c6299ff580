#!/usr/bin/env node
/**
 * The launcher behind every npm script: plain JavaScript for whatever Node is there. It installs the packages of the
 * lockfile when they are not, then hands over to the Node that is among them.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const modules = join(root, 'node_modules');
const entries = {
  start: ['e2e/cluster/main.ts', 'start'],
  stop: ['e2e/cluster/main.ts', 'stop'],
  status: ['e2e/cluster/main.ts', 'status'],
  test: ['e2e/test/main.ts'],
  check: ['e2e/check/main.ts'],
  generate: ['e2e/generate/main.ts'],
  drills: ['e2e/drills/main.ts'],
  images: ['e2e/images/main.ts'],
  gallery: ['e2e/gallery/main.ts'],
  bench: ['e2e/bench/main.ts'],
  standalone: ['e2e/standalone/main.ts'],
  top: ['e2e/top/main.ts'],
};

const help = `npm start            a two-node Kubernetes on this machine, with DockSnap in it
npm run status       what of it runs, and where to look
npm stop             ends it; nothing of it is left but what was built
npm test             every test
npm run check        types, lint, rules of imports
npm run generate     writes anew what is derived and committed
npm run drills       faults and changes provoked on purpose, each with its account
npm run images       every image as an OCI archive, and from there to a registry of yours
npm run gallery      every screen of the console as a picture, audited for accessibility
npm run standalone   DockSnap without Kubernetes: API, trial database, console and one agent, on this machine
npm run top          what each container uses now, in this terminal, from any DockSnap that has a token for you
npm run bench        figures, side by side with those of VictoriaMetrics and Prometheus
Each takes --help: npm start -- --help`;

function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}

/** Whether node_modules holds what the lockfile names; npm writes down there what it installed. */
function isInstalled() {
  const installed = join(modules, '.package-lock.json');
  if (!existsSync(installed)) return false;
  const [wanted, found] = [join(root, 'package-lock.json'), installed].map(
    (path) => JSON.parse(readFileSync(path, 'utf8')).packages,
  );
  // An optional package is one of another platform when it is missing.
  return Object.entries(wanted).every(
    ([path, { version, optional }]) => path === '' || found[path]?.version === version || (optional && !found[path]),
  );
}

function ensurePackages() {
  if (isInstalled()) return;
  console.log('Installing the packages of package-lock.json (about 1 min)');
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: 'inherit',
  });
  if (status !== 0) fail('npm ci failed: see its words above; it needs the npm registry');
}

function findNode() {
  const node = join(modules, `node-linux-${process.arch}`, 'bin', 'node');
  if (!existsSync(node))
    fail(`There is no Node for ${process.platform} on ${process.arch}: DockSnap's scripts run on Linux, x64 or arm64`);
  return node;
}

const [name = '', ...args] = process.argv.slice(2);
const [file, ...first] = name === 'run' ? [args.shift()] : (entries[name] ?? []);
if (file === undefined) {
  console.log(help);
  process.exit(name === '' || name === '--help' ? 0 : 2);
}
if (process.platform !== 'linux')
  fail(
    'DockSnap’s cluster needs Linux. Elsewhere, install the chart in a cluster of your own: see README.md, "In your own cluster"',
  );
ensurePackages();
const node = findNode();
const path = [dirname(node), join(modules, '.bin'), process.env.PATH].join(delimiter);
const child = spawn(node, [resolve(root, file), ...first, ...args], {
  stdio: 'inherit',
  env: { ...process.env, PATH: path },
});
// The terminal sends Ctrl-C to both; the child decides when to end. A signal sent to this process alone is passed on.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => child.kill('SIGTERM'));
child.on('exit', (code, signal) => process.exit(signal === null ? (code ?? 1) : 1));
