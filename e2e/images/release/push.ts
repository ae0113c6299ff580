import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { CommandError, run } from '../../cluster/process.ts';
import { installPackages } from '../../cluster/start/requirements.ts';
import type { ReleasedImage } from './release.ts';

/** Where images go: a registry, and what it keeps them under. */
export interface Destination {
  /** Such as `registry.example.com/team`. */
  readonly prefix: string;
  readonly version: string;
  /** The registry speaks plain http. */
  readonly plainHttp: boolean;
}

const PUSH_TIMEOUT_MS = 15 * 60_000;
const SKOPEO = '/usr/bin/skopeo';
const POLICY = join(import.meta.dirname, '../policy.json');

/**
 * Copies an archive to a registry as it is, so that its digest stays the same, with the logins of `docker login`,
 * `podman login` or REGISTRY_AUTH_FILE.
 * @throws {CommandError} with the registry's words
 */
export async function pushImage({ part, path, digest }: ReleasedImage, to: Destination): Promise<void> {
  if (!existsSync(SKOPEO)) await installPackages(['skopeo']);
  const target = `docker://${to.prefix}/docksnap/${part}:${to.version}`;
  const options = ['--all', '--preserve-digests', '--policy', POLICY, `--dest-tls-verify=${String(!to.plainHttp)}`];
  try {
    await run(SKOPEO, ['copy', ...options, `oci-archive:${path}`, target], { timeoutMs: PUSH_TIMEOUT_MS });
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    const hints = to.plainHttp ? '' : '\nLog in with docker login or podman login; --plain-http for one without TLS.';
    throw new CommandError(`${target.slice('docker://'.length)} (${digest}) was not pushed: ${error.message}${hints}`, {
      cause: error,
    });
  }
}

/** A prefix as the chart's value `registry` takes it. @throws {TypeError} naming what is wrong with another. */
export function parsePrefix(text: string): string {
  if (/^[a-z0-9.-]+(:[0-9]+)?(\/[a-z0-9._-]+)*$/.test(text)) return text;
  throw new TypeError(
    `--push ${text} is not allowed: a registry without scheme and what it keeps the images under, such as registry.example.com/team`,
  );
}
