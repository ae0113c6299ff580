import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { withLock } from '../lock.ts';
import { cacheDir } from '../paths.ts';
import { CommandError, run } from '../process.ts';

/** Programs that are taken out of Debian packages without installing these: the machine stays as it is. */
export interface DebianFiles {
  /** Of the folder in the cache. */
  readonly name: string;
  /** The release of Debian whose packages they are. */
  readonly suite: string;
  readonly packages: readonly string[];
  /** SHA-256 of the packages' files by name; those not named are known by the archive's signature alone. */
  readonly sha256?: Readonly<Record<string, string>>;
}

const fetchMs = 10 * 60_000;
const keyring = '/usr/share/keyrings/debian-archive-keyring.gpg';

/**
 * The packages' files, unpacked once and cached. Needs apt and dpkg, and no root.
 * @returns the folder in which `usr/bin` and the like lie
 * @throws {CommandError} saying what lacks
 */
export async function ensureDebianFiles(files: DebianFiles): Promise<string> {
  const stamp = createHash('sha256').update(JSON.stringify(files)).digest('hex').slice(0, 16);
  const target = join(cacheDir(), 'debian', `${files.name}-${stamp}`);
  if (existsSync(target)) return target;
  await withLock(`debian/${files.name}-${stamp}`, { timeoutMs: fetchMs }, async () => {
    if (existsSync(target)) return;
    const folder = join(cacheDir(), 'partial', `debian-${files.name}`);
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    await fetchPackages(files, folder);
    const root = join(folder, 'root');
    for (const file of readdirSync(folder).filter((name) => name.endsWith('.deb'))) {
      await run('dpkg', ['-x', join(folder, file), root]);
    }
    mkdirSync(dirname(target), { recursive: true });
    renameSync(root, target);
    rmSync(folder, { recursive: true });
  });
  return target;
}

async function fetchPackages({ suite, packages, sha256 = {} }: DebianFiles, folder: string): Promise<void> {
  const apt = await privateApt(suite, folder);
  for (const name of packages) {
    await apt('download', name);
    const wanted = sha256[name];
    const file = readdirSync(folder).find((one) => one.startsWith(`${name}_`));
    if (file === undefined) throw new CommandError(`apt-get download ${name} left no file`);
    const found = createHash('sha256')
      .update(readFileSync(join(folder, file)))
      .digest('hex');
    if (wanted !== undefined && found !== wanted) {
      throw new CommandError(`the package ${file} has SHA-256 ${found} where ${wanted} is expected: it is not used`);
    }
  }
}

/** apt-get with lists of its own, so that the machine's know nothing of another suite. */
async function privateApt(suite: string, folder: string): Promise<(...args: readonly string[]) => Promise<string>> {
  const sources = join(folder, 'sources.list');
  writeFileSync(sources, `deb [signed-by=${keyring}] ${await mirror()} ${suite} main\n`);
  for (const name of ['lists', 'cache']) mkdirSync(join(folder, name));
  const settings = [
    `Dir::Etc::SourceList=${sources}`,
    'Dir::Etc::SourceParts=/dev/null',
    `Dir::State::Lists=${join(folder, 'lists')}`,
    `Dir::Cache=${join(folder, 'cache')}`,
    // No other user can write here.
    'APT::Sandbox::User=root',
  ];
  const apt = (...args: readonly string[]): Promise<string> =>
    run('apt-get', ['-q', ...settings.flatMap((setting) => ['-o', setting]), ...args], {
      cwd: folder,
      timeoutMs: fetchMs,
    });
  await apt('update');
  return apt;
}

/** Where this machine gets its own packages of Debian. */
async function mirror(): Promise<string> {
  const format = [
    'indextargets',
    '--format',
    '$(REPO_URI)',
    'Created-By: Packages',
    'Origin: Debian',
    'Component: main',
  ];
  const found = (await run('apt-get', format)).split('\n').find((line) => !/security|^$/.test(line));
  if (found !== undefined) return found;
  throw new CommandError(
    'this machine knows no mirror of Debian: it must be Debian, with its lists fetched (apt-get update)',
  );
}
