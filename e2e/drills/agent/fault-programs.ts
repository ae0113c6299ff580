import { existsSync } from 'node:fs';
import { installPackages } from '../../cluster/start/requirements.ts';

/** Debian packages that the faults are made with, by a file that each brings. */
const packages = {
  faketime: '/usr/bin/faketime',
  'fiu-utils': '/usr/bin/fiu-run',
  iptables: '/usr/sbin/iptables',
  iproute2: '/usr/bin/ip',
} as const;

/** Installs those that are missing. @throws {RequirementError} naming them where that cannot be done */
export async function ensureFaultPrograms(): Promise<void> {
  const missing = Object.entries(packages).filter(([, file]) => !existsSync(file));
  if (missing.length > 0) await installPackages(missing.map(([name]) => name));
}
