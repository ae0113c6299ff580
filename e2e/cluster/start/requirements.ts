import { existsSync, mkdirSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { getuid } from 'node:process';
import { CommandError, run } from '../process.ts';

/** Something that the cluster needs from this machine is not there; the message says what to do. */
export class RequirementError extends Error {
  override readonly name = 'RequirementError';
}

/** Debian packages by a file that each brings. */
const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  runc: ['/usr/sbin/runc', '/usr/bin/runc'],
  iptables: ['/usr/sbin/iptables'],
  iproute2: ['/usr/sbin/ip', '/sbin/ip'],
  conntrack: ['/usr/sbin/conntrack'],
  'containernetworking-plugins': ['/usr/lib/cni/ptp'],
  buildah: ['/usr/bin/buildah'],
  'busybox-static': ['/bin/busybox'],
  'util-linux': ['/usr/bin/setpriv', '/bin/setpriv'],
};

const INSTALL_TIMEOUT_MS = 10 * 60_000;
/** The `f_type` of overlayfs (OVERLAYFS_SUPER_MAGIC, linux/magic.h). */
const OVERLAY_MAGIC = 0x794c7630;

/** @throws {RequirementError} unless this process is root, without whom no namespaces and mounts can be made. */
export function requireRoot(): void {
  if (getuid?.() === 0) return;
  throw new RequirementError(
    'The two-node cluster needs root, for it makes namespaces, mounts and cgroups: run `sudo npm start`.\n' +
      'Without root you can install the chart in a cluster of your own: see README.md, "In your own cluster".',
  );
}

/** @throws {RequirementError} when images could not be unpacked below `dir`: an overlay cannot lie on an overlay. */
export async function requireRealFileSystem(dir: string): Promise<void> {
  mkdirSync(dir, { recursive: true });
  const { type } = await statfs(dir);
  if (type === OVERLAY_MAGIC) {
    throw new RequirementError(
      `${dir} lies on an overlay file system, on which containers' images cannot be unpacked: set XDG_STATE_HOME to a folder on a disk or tmpfs`,
    );
  }
}

/** The Debian packages that are wanted and not installed. */
export function missingPackages(exists: (path: string) => boolean = existsSync): string[] {
  return Object.entries(PACKAGES)
    .filter(([, files]) => !files.some(exists))
    .map(([name]) => name);
}

/** Where runc is. */
export function runcPath(): string {
  return PACKAGES['runc']?.find((path) => existsSync(path)) ?? '/usr/sbin/runc';
}

/** Installs Debian packages. @throws {RequirementError} naming them where that cannot be done. */
export async function installPackages(names: readonly string[]): Promise<void> {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const options = { env, timeoutMs: INSTALL_TIMEOUT_MS };
  try {
    await run('apt-get', ['update', '--quiet'], options);
    await run('apt-get', ['install', '--yes', '--quiet', '--no-install-recommends', ...names], options);
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    throw new RequirementError(
      `These programs are missing and apt-get could not install them; install them by hand, then start again: ${names.join(' ')}\n${error.message}`,
      { cause: error },
    );
  }
}
