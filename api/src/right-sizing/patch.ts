import type { SizingHint } from '@docksnap/contract';

interface Target {
  readonly namespace: string;
  readonly kind: string;
  readonly workload: string;
  readonly container: string;
}

/** What `kubectl set resources` changes; other kinds have no template, or one that cannot be changed. */
const kinds: Readonly<Record<string, string>> = {
  Deployment: 'deployment',
  StatefulSet: 'statefulset',
  DaemonSet: 'daemonset',
  CronJob: 'cronjob',
};

/** The command that does what hints say; null without hints, or where nothing can be changed in place. */
export function patchOf({ namespace, kind, workload, container }: Target, hints: readonly SizingHint[]): string | null {
  const resource = Object.hasOwn(kinds, kind) ? kinds[kind] : undefined;
  if (resource === undefined || hints.length === 0) return null;
  const options = (['request', 'limit'] as const).flatMap((field) => {
    const quantities = hints
      .filter((hint) => hint.field === field)
      .map((hint) => `${hint.resource}=${quantity(hint)}`)
      .sort();
    return quantities.length === 0 ? [] : [`--${field}s=${quantities.join(',')}`];
  });
  const words = ['-n', quoted(namespace), 'set', 'resources', quoted(`${resource}/${workload}`)];
  return ['kubectl', ...words, quoted(`--containers=${container}`), ...options].join(' ');
}

/** Millicores, or MiB: hints are whole numbers of both. */
function quantity({ resource, to }: SizingHint): string {
  return resource === 'cpu' ? `${Math.round(to * 1000)}m` : `${Math.ceil(to / 2 ** 20)}Mi`;
}

/** A word for a shell. Names come from whoever pushes: they are quoted unless they are plainly harmless. */
function quoted(word: string): string {
  return /^[\w./=-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
