import type { Part } from './parts.ts';
import type { ReleasedImage } from './release.ts';

/** Whose values name the image of a part. */
const values: Readonly<Record<Part, string>> = {
  agent: 'agent',
  operator: 'operator',
  api: 'api',
  'trial-database': 'trialDatabase',
};

/** The command that installs the chart with images by digest, as a shell takes it. */
export function installLine(prefix: string, images: readonly Pick<ReleasedImage, 'part' | 'digest'>[]): string {
  const settings = [
    `registry=${prefix}`,
    ...images.map(({ part, digest }) => `${values[part]}.image.digest=${digest}`),
  ];
  return [
    'helm install docksnap charts/docksnap --namespace docksnap --create-namespace',
    ...settings.map((setting) => `  --set ${setting}`),
  ].join(' \\\n');
}
