import * as z from 'zod';
import { cadvisorPage, pagesMs, podsPage, resourcePage } from '../../../agent/src/testing/pages.ts';

const podListSchema = z.looseObject({ items: z.array(z.unknown()) });

/** A kubelet's pages of one moment. */
export interface KubeletPages {
  readonly resource: string;
  readonly cadvisor: string;
  readonly pods: string;
  readonly containers: number;
}

/** Containers on the recorded pages that belong to pods. */
const recordedContainers = 14;

/**
 * The recorded pages as a node with so many containers would give them: rows of pods and the pods themselves are
 * repeated under other names and ids, rows of the machine are not.
 */
export function expandedPages(containers: number): KubeletPages {
  const copies = Math.max(1, Math.round(containers / recordedContainers));
  const numbers = Array.from({ length: copies }, (_, copy) => copy);
  const { items, ...list } = podListSchema.parse(JSON.parse(podsPage));
  const ofCopies = numbers.flatMap((copy) =>
    items.map((pod) => z.json().parse(JSON.parse(renamed(JSON.stringify(pod), copy)))),
  );
  return {
    resource: repeated(resourcePage, numbers),
    cadvisor: repeated(cadvisorPage, numbers),
    pods: JSON.stringify({ ...list, items: ofCopies }),
    containers: copies * recordedContainers,
  };
}

/** Families stay together, as the format demands. */
function repeated(page: string, copies: readonly number[]): string {
  const lines: string[] = [];
  let rows: string[] = [];
  const flush = (): void => {
    const own = rows.filter((row) => /[{,]pod="[^"]/.test(row));
    const machine = rows.filter((row) => !own.includes(row));
    for (const row of machine) lines.push(row);
    for (const copy of copies) for (const row of own) lines.push(renamed(row, copy));
    rows = [];
  };
  for (const line of page.split('\n')) {
    if (line.startsWith('#')) {
      flush();
      lines.push(line);
    } else if (line !== '') rows.push(line);
  }
  flush();
  return `${lines.join('\n')}\n`;
}

/** Pod names, uids and container ids of one copy; the first one keeps its own. */
function renamed(text: string, copy: number): string {
  if (copy === 0) return text;
  const mark = copy.toString(16).padStart(4, '0');
  return text
    .replace(/([{,]pod=")([^"]+)/g, `$1$2-${mark}`)
    .replace(/("metadata":\{[^{}]*"name":")([^"]+)/g, `$1$2-${mark}`)
    .replace(/\b[0-9a-f]{4}([0-9a-f]{60})\b/g, `${mark}$1`)
    .replace(/\b[0-9a-f]{4}([0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\b/g, `${mark}$1`);
}

/** The page as it reads so long after it was taken: times go on, counters of CPU do too. */
export function readLater(page: string, atMs: number, step: number): string {
  const shiftMs = atMs - pagesMs;
  return page.replace(/ (\S+) (\d{13})$/gm, (_row, value: string, time: string) => {
    const number = Number(value);
    const later = Number.isInteger(number) ? value : (number + step * 0.01).toFixed(6);
    return ` ${later} ${Number(time) + shiftMs}`;
  });
}
