import { objectOf, textOf } from '../json.ts';

/** JSON of all keys and values of one pod, so that a description stays within what the contract takes. */
const labelsBytes = 16 * 1024;
const keyLength = 512;

/** A pod's labels, as many as fit. */
export function labelsOf(value: unknown): Readonly<Record<string, string>> {
  const labels: [string, string][] = [];
  let bytes = 0;
  for (const [name, text] of Object.entries(objectOf(value))) {
    const key = textOf(name, keyLength);
    if (key === undefined || typeof text !== 'string') continue;
    const label = textOf(text) ?? '';
    bytes += Buffer.byteLength(JSON.stringify({ [key]: label }));
    if (bytes > labelsBytes) break;
    labels.push([key, label]);
  }
  return Object.fromEntries(labels);
}
