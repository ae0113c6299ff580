import { objectOf, textOf } from '../json.ts';

/** Of all keys and values of one pod, so that a description stays within what the contract takes. */
const labelsLength = 16 * 1024;
const keyLength = 512;

/** A pod's labels, as many as fit. */
export function labelsOf(value: unknown): Readonly<Record<string, string>> {
  const labels: [string, string][] = [];
  let length = 0;
  for (const [name, text] of Object.entries(objectOf(value))) {
    const key = textOf(name, keyLength);
    if (key === undefined || typeof text !== 'string') continue;
    const label = textOf(text) ?? '';
    length += key.length + label.length;
    if (length > labelsLength) break;
    labels.push([key, label]);
  }
  return Object.fromEntries(labels);
}
