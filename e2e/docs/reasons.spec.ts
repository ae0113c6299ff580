import { describe, expect, it } from '@jest/globals';
import { problemReasons } from '@docksnap/contract';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CHECKOUT } from '../cluster/paths.ts';

/** Words of the operator's judging code that look like reasons and are Kubernetes' own, or other fields' values. */
const others = [
  ...['True', 'False', 'Unknown', 'Normal', 'Warning', 'Error'],
  ...['Accepted', 'Reconciled', 'Available', 'DataFlowing', 'KubeletVerified'],
  ...['Pinned', 'Skipped', 'Managed', 'RollingUpdate', 'OnDelete', 'Purge', 'CAdvisor'],
  ...['DaemonSet', 'Pod', 'DockSnapMonitor'],
  ...['ErrImagePull', 'ImagePullBackOff', 'ErrImageNeverPull', 'InvalidImageName'],
  ...['CreateContainerConfigError', 'CrashLoopBackOff', 'ContainerCreating', 'FailedCreate', 'FailedMount'],
];

/** Every word in quotes in the code that decides what a monitor's status says. */
function reasonsOfTheCode(): string[] {
  const files = globSync('operator/src/{status,observed,reconcile,reporting,purge}/**/*.ts', { cwd: CHECKOUT });
  const code = files
    .filter((path) => !path.endsWith('.spec.ts'))
    .map((path) => readFileSync(join(CHECKOUT, path), 'utf8'))
    .join('\n');
  const words = [...code.matchAll(/'([A-Z][a-z]+[A-Za-z]*)'/g)].map(([, word = '']) => word);
  return [...new Set([...words, ...problemReasons])].filter((word) => !others.includes(word)).sort();
}

describe('docs/troubleshooting.md', () => {
  it('has an entry for each reason of the code, and no other', () => {
    const text = readFileSync(join(CHECKOUT, 'docs/troubleshooting.md'), 'utf8');
    const entries = [...text.matchAll(/^### (\w+)$/gm)].map(([, reason = '']) => reason);
    expect(entries.toSorted()).toEqual(reasonsOfTheCode());
  });
});
