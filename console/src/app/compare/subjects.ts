import type { Subject } from '../live/live-series.ts';

/** As many lines as can be told apart beside each other. */
export const mostSubjects = 6;

/** One thing of a comparison, as the URL names it: `container:<id>`, `node:<id>`, `workload:<namespace/kind/name>`. */
export interface Compared {
  readonly name: string;
  readonly subject: Subject;
}

export interface ParsedSubjects {
  readonly compared: readonly Compared[];
  /** What could not be read, as a sentence; null when all was good. */
  readonly ignored: string | null;
}

function compared(name: string): Compared[] {
  const colon = name.indexOf(':');
  const id = name.slice(colon + 1);
  if (id === '') return [];
  switch (name.slice(0, colon)) {
    case 'container':
      return [{ name, subject: { container: id } }];
    case 'node':
      return [{ name, subject: { node: id } }];
    case 'workload':
      return /^[^/]+\/[^/]+\/[^/]+$/.test(id) ? [{ name, subject: { workload: id } }] : [];
    case 'namespace':
      return [{ name, subject: { namespace: id } }];
    default:
      return [];
  }
}

/** Reads the names of a link: at most six, each once; what is none is named. */
export function parseSubjects(names: readonly string[]): ParsedSubjects {
  const all = [...new Set(names)];
  const good = all.flatMap(compared);
  const wrong = all.length - good.length;
  const tooMany = Math.max(0, good.length - mostSubjects);
  const sentences = [
    ...(wrong > 0 ? [`${wrong} of the link’s things to compare are none`] : []),
    ...(tooMany > 0 ? [`${tooMany} are more than the six that fit`] : []),
  ];
  const ignored = sentences.length === 0 ? null : `${sentences.join(', and ')}; showing the others.`;
  return { compared: good.slice(0, mostSubjects), ignored };
}

/** How long before the same again is shown: an hour, a day, a week. */
export const offsets = [
  { vs: '1h', words: 'the hour before', ms: 3_600_000 },
  { vs: '1d', words: 'the day before', ms: 86_400_000 },
  { vs: '7d', words: 'the week before', ms: 604_800_000 },
] as const;
