import { containerSortSchema, listedStateSchema, type ContainerSort, type ContainerSummary } from '@docksnap/contract';

/** What the URL says about which containers, in which order. */
export interface ContainerFilter {
  readonly q?: string | undefined;
  readonly namespace?: string | undefined;
  readonly workload?: string | undefined;
  readonly node?: string | undefined;
  /** A part of the image's name. */
  readonly image?: string | undefined;
  /** As `kubectl get -l` takes them: app=web,tier!=cache. */
  readonly labels?: string | undefined;
  readonly state?: ContainerSummary['state'] | undefined;
  readonly sort: ContainerSort;
}

export interface FilterParams {
  readonly q?: string | undefined;
  readonly namespace?: string | undefined;
  readonly workload?: string | undefined;
  readonly node?: string | undefined;
  readonly image?: string | undefined;
  readonly labels?: string | undefined;
  readonly state?: string | undefined;
  readonly sort?: string | undefined;
}

const filterKeys = ['namespace', 'workload', 'node', 'image', 'labels', 'state'] as const;
export type FilterKey = (typeof filterKeys)[number];

/** Reads the query parameters; states and orders that do not exist are left out. */
export function readFilter(params: FilterParams): ContainerFilter {
  const { q, namespace, workload, node, image, labels } = params;
  return {
    q: q?.slice(0, 512),
    namespace,
    workload,
    node,
    image,
    labels,
    state: listedStateSchema.safeParse(params.state).data,
    sort: containerSortSchema.safeParse(params.sort).data ?? 'cpu',
  };
}

/** What of a link's filter does not exist, as a sentence; null when all of it does. */
export function ignoredFilter({ state, sort }: FilterParams): string | null {
  const wrong = [
    ...(state === undefined || listedStateSchema.safeParse(state).success ? [] : ['state']),
    ...(sort === undefined || containerSortSchema.safeParse(sort).success ? [] : ['order']),
  ];
  return wrong.length === 0 ? null : `The link’s ${wrong.join(' and ')} does not exist; showing the list without it.`;
}

/**
 * Splits what was typed into words to search for and `key:value` filters (namespace, workload, node, image, labels, state). A key
 * that does not exist stays a word.
 */
export function parseWords(typed: string): { q: string | null } & Record<FilterKey, string | null> {
  const filters: Record<FilterKey, string | null> = {
    namespace: null,
    workload: null,
    node: null,
    image: null,
    labels: null,
    state: null,
  };
  const words: string[] = [];
  for (const word of typed.split(/\s+/).filter((part) => part !== '')) {
    const colon = word.indexOf(':');
    const key = filterKeys.find((candidate) => candidate === word.slice(0, colon));
    if (key === undefined || colon === word.length - 1) words.push(word);
    else filters[key] = word.slice(colon + 1);
  }
  return { q: words.length === 0 ? null : words.join(' '), ...filters };
}

/** The filter as it would be typed. */
export function toWords(filter: ContainerFilter): string {
  const filters = filterKeys.flatMap((key) => {
    const value = filter[key];
    return value === undefined ? [] : [`${key}:${value}`];
  });
  return [...filters, ...(filter.q === undefined ? [] : [filter.q])].join(' ');
}

/** The filter as the API's query parameters. */
export function queryOf(filter: ContainerFilter): Record<string, string> {
  const entries = Object.entries({ ...filter }).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return Object.fromEntries(entries);
}

/** Whether anything is left out of the list. */
export function isFiltered(filter: ContainerFilter): boolean {
  return filter.q !== undefined || filterKeys.some((key) => filter[key] !== undefined);
}
