import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { cacheDir } from '../cluster/paths.ts';
import { run } from '../cluster/process.ts';

const TIMEOUT_MS = 5 * 60_000;
const TAKE_POLICY = ['from', 'commit', 'push'];

/** Runs buildah with a storage of its own, apart from the machine's. @returns what it printed. @throws {CommandError} */
export async function buildah(command: string, ...args: string[]): Promise<string> {
  const dir = join(cacheDir(), 'buildah');
  mkdirSync(dir, { recursive: true });
  const storage = ['--root', join(dir, 'root'), '--runroot', join(dir, 'run'), '--storage-driver', 'vfs'];
  const policy = TAKE_POLICY.includes(command) ? ['--signature-policy', join(import.meta.dirname, 'policy.json')] : [];
  return run('buildah', [...storage, command, ...policy, ...args], { timeoutMs: TIMEOUT_MS });
}

/** The references of the images in that storage that have a repository's name, newest first. */
export async function storedImages(repository: string): Promise<string[]> {
  const listed = await buildah('images', '--format', '{{.Name}}:{{.Tag}}', '--filter', `reference=${repository}`);
  return listed.split('\n').filter((reference) => reference.startsWith(`${repository}:`));
}
