import { existsSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { run } from '../../cluster/process.ts';
import { RequirementError } from '../../cluster/start/requirements.ts';
import { namesOf, type Architecture } from './architecture.ts';

/** The Debian packages with the libraries that Node loads. */
const PACKAGES = ['libc6', 'libstdc++6', 'libgcc-s1', 'libatomic1'];
const LIBRARIES = [
  'libatomic.so.1',
  'libc.so.6',
  'libdl.so.2',
  'libgcc_s.so.1',
  'libm.so.6',
  'libpthread.so.0',
  'libstdc++.so.6',
];
const FETCH_TIMEOUT_MS = 5 * 60_000;

/** The libraries of one kind of machine, unpacked. */
export interface Libraries {
  /** Files of this machine by their path in an image. */
  readonly files: Readonly<Record<string, string>>;
  /** What they are of, such as `libc6 2.36-9+deb12u14`. */
  readonly versions: readonly string[];
  discard(): void;
}

/**
 * Fetches the libraries that Node loads from this machine's Debian sources, signatures checked by apt, for any kind of
 * machine: apt works in a folder of its own, so that the machine's packages and lists are not touched.
 * @throws {RequirementError} when apt-get cannot fetch them
 */
export async function fetchLibraries(architecture: Architecture): Promise<Libraries> {
  const dir = mkdtempSync(join(tmpdir(), 'docksnap-debian-'));
  const discard = (): void => {
    rmSync(dir, { recursive: true, force: true });
  };
  try {
    await download(architecture, dir);
    const archives = readdirSync(dir).filter((file) => file.endsWith('.deb'));
    for (const archive of archives) await run('dpkg-deb', ['--extract', archive, 'root'], { cwd: dir });
    return { files: filesOf(join(dir, 'root'), architecture), versions: archives.map(versionOf).sort(), discard };
  } catch (error) {
    discard();
    throw new RequirementError(
      `Node's libraries for ${architecture} could not be fetched by apt-get from this machine's Debian sources: ${String(error)}`,
      { cause: error },
    );
  }
}

async function download(architecture: Architecture, dir: string): Promise<void> {
  for (const folder of ['state/lists/partial', 'cache/archives/partial'])
    mkdirSync(join(dir, folder), { recursive: true });
  writeFileSync(join(dir, 'status'), '');
  const settings = {
    'APT::Architecture': architecture,
    'APT::Architectures': architecture,
    // It would drop to a user who may not write here.
    'APT::Sandbox::User': 'root',
    'Dir::State': join(dir, 'state'),
    'Dir::State::status': join(dir, 'status'),
    'Dir::Cache': join(dir, 'cache'),
  };
  const options = Object.entries(settings).flatMap(([name, value]) => ['-o', `${name}=${value}`]);
  await run('apt-get', [...options, '--quiet', 'update'], { cwd: dir, timeoutMs: FETCH_TIMEOUT_MS });
  await run('apt-get', [...options, '--quiet', 'download', ...PACKAGES], { cwd: dir, timeoutMs: FETCH_TIMEOUT_MS });
}

function filesOf(root: string, architecture: Architecture): Record<string, string> {
  const { triplet, loader } = namesOf[architecture];
  const found = LIBRARIES.map((name) => {
    const path = [`usr/lib/${triplet}`, `lib/${triplet}`].map((folder) => join(root, folder, name)).find(existsSync);
    if (path === undefined) throw new Error(`none of ${PACKAGES.join(', ')} brings ${name}`);
    return [`/lib/${triplet}/${name}`, realpathSync(path)] as const;
  });
  // Not by the link at its own place, which leads to this machine's.
  const file = [`lib/${triplet}`, `usr/lib/${triplet}`].map((folder) => join(root, folder, basename(loader)));
  const present = file.find(existsSync);
  if (present === undefined) throw new Error(`libc6 does not bring ${loader}`);
  return { ...Object.fromEntries(found), [loader]: realpathSync(present) };
}

/** `libc6 2.36-9` of a file such as `libc6_2.36-9_arm64.deb`. */
function versionOf(archive: string): string {
  const [name = '', version = ''] = archive.split('_');
  return `${name} ${decodeURIComponent(version)}`;
}
