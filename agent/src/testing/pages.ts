import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';

const directory = path.join(import.meta.dirname, '../../testdata');

/** A real kubelet's pages of one moment. */
export const resourcePage = readFileSync(path.join(directory, 'metrics-resource.txt'), 'utf8');
export const cadvisorPage = gunzipSync(readFileSync(path.join(directory, 'metrics-cadvisor.txt.gz'))).toString('utf8');
export const podsPage = readFileSync(path.join(directory, 'pods.json'), 'utf8');

/** Unix ms shortly after the newest sample on the pages. */
export const pagesMs = 1_795_491_265_000;

/** The page with every sample time later by that much, as if it were read again. */
export function shifted(page: string, byMs: number): string {
  return page.replace(/ (\d{13})$/gm, (_match, time: string) => ` ${Number(time) + byMs}`);
}
