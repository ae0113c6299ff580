/** npm run images: every image as an OCI archive, and from there to a registry. */
import { readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import * as z from 'zod';
import { CHECKOUT } from '../cluster/paths.ts';
import { CommandError } from '../cluster/process.ts';
import { installPackages, missingPackages, RequirementError } from '../cluster/start/requirements.ts';
import { ensureBuilt } from '../cluster/toolchain/build.ts';
import { recipes } from '../cluster/toolchain/recipes.ts';
import { architectures, namesOf, type Architecture } from './release/architecture.ts';
import { installLine } from './release/install-line.ts';
import { madeAtSeconds } from './release/made-at.ts';
import { parsePrefix, pushImage } from './release/push.ts';
import { buildRelease, type ReleasedImage } from './release/release.ts';
import { buildWorkspace, isWorkspaceBuilt, workspaces } from './workspaces.ts';

const help = `npm run images: builds every image of DockSnap from package registries alone, as OCI archives. Needs root.

  npm run images -- [--arch ARCH]... [--out FOLDER] [--push REGISTRY/PREFIX [--plain-http]]

  --arch ARCH        amd64 or arm64; may be given twice (default: both)
  --out FOLDER       where the archives go (default: dist/images)
  --push PREFIX      copies them to PREFIX/docksnap/<part>:<version>, with the logins of docker or podman login, and
                     prints the helm install line with their digests
  --plain-http       the registry has no TLS
  --help             this text

The same sources give the same digests: images bear the time of the last commit, or SOURCE_DATE_EPOCH.`;

async function provideIngredients(wanted: readonly Architecture[]): Promise<void> {
  const missing = missingPackages().filter((name) => name === 'buildah');
  if (missing.length > 0) await installPackages(missing);
  for (const workspace of workspaces) {
    if (isWorkspaceBuilt(workspace)) continue;
    console.log(`building the ${workspace.name} (about ${workspace.expectedSeconds} s)`);
    await buildWorkspace(workspace);
  }
  for (const architecture of wanted) {
    console.log(`the trial database for ${architecture} (about ${recipes.trialDatabase.expectedSeconds} s once)`);
    await ensureBuilt(recipes.trialDatabase, namesOf[architecture].node);
  }
}

function lines({ part, path, digest, platforms }: ReleasedImage): string[] {
  const sizes = platforms.map(({ name, bytes }) => `${name} ${(bytes / 1e6).toFixed(1)} MB`);
  return [`${part.padEnd(16)}${sizes.join('  ')}`, `  ${digest}`, `  ${relative(process.cwd(), path)}`];
}

async function perform(): Promise<void> {
  const { values } = parseArgs({
    options: {
      arch: { type: 'string', multiple: true },
      out: { type: 'string', default: join(CHECKOUT, 'dist/images') },
      push: { type: 'string' },
      'plain-http': { type: 'boolean', default: false },
      help: { type: 'boolean' },
    },
  });
  if (values.help === true) {
    console.log(help);
    return;
  }
  const asked = z.array(z.enum(architectures, '--arch is amd64 or arm64')).optional().parse(values.arch);
  const prefix = values.push === undefined ? undefined : parsePrefix(values.push);
  const manifest: unknown = JSON.parse(readFileSync(join(CHECKOUT, 'package.json'), 'utf8'));
  const { version } = z.object({ version: z.string() }).parse(manifest);
  const wanted = asked ?? architectures;

  await provideIngredients(wanted);
  const images = await buildRelease({
    version,
    architectures: wanted,
    madeAtSeconds: await madeAtSeconds(),
    outDir: resolve(values.out),
    say: (line) => {
      console.log(line);
    },
  });
  console.log(`\n${images.flatMap(lines).join('\n')}`);
  if (prefix === undefined) return;
  for (const image of images) {
    console.log(`pushing ${image.part} to ${prefix}`);
    await pushImage(image, { prefix, version, plainHttp: values['plain-http'] });
  }
  console.log(`\nInstall it with:\n\n${installLine(prefix, images)}`);
}

try {
  await perform();
} catch (error) {
  const isExpected = [RequirementError, CommandError, TypeError, z.ZodError].some((kind) => error instanceof kind);
  console.error(isExpected && error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
