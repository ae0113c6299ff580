import { existsSync } from 'node:fs';
import { run } from '../cluster/process.ts';

/** Where Debian's package puts the browser. */
export const chromiumPath = '/usr/bin/chromium';

const installTimeoutMs = 10 * 60_000;

/** Sees to it that the browser is there. @throws Error saying what to install where we may not do it ourselves. */
export async function ensureChromium(): Promise<void> {
  if (existsSync(chromiumPath)) return;
  if (process.getuid?.() !== 0) throw new Error('Chromium is missing: as root, apt-get install chromium');
  console.log('Installing Chromium from the Debian packages (about 1 min)');
  await run('apt-get', ['update', '-q'], { timeoutMs: installTimeoutMs });
  await run('apt-get', ['install', '-yq', '--no-install-recommends', 'chromium'], {
    timeoutMs: installTimeoutMs,
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
}
