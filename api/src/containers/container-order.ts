import type { ContainerSort } from '@docksnap/contract';
import * as z from 'zod';
import { Problem } from '../problem/problem.ts';
import { containerId } from './container-id.ts';
import type { LiveContainer } from './live-containers.ts';

/** Where a row stands: what it is sorted by, and its id, which breaks ties. */
interface Place {
  readonly key: string | number;
  readonly id: string;
}

export interface Placed {
  readonly container: LiveContainer;
  readonly place: Place;
}

const cursorSchema = z.tuple([z.string(), z.union([z.string(), z.number()]), z.string()]);

/**
 * The containers in order: names ascending; numbers and times from the largest, unknown ones last. A page goes on
 * behind the place that its cursor names, so that rows with equal values are neither skipped nor shown twice.
 */
export function inOrder(containers: readonly LiveContainer[], sort: ContainerSort): Placed[] {
  return containers.map((container) => ({ container, place: placeOf(container, sort) })).sort(compare);
}

/** The rows behind a cursor, up to a limit, and the cursor of the page after. Throws 422. */
export function page(rows: readonly Placed[], sort: ContainerSort, limit: number, cursor: string | undefined) {
  const after = cursor === undefined ? undefined : parse(cursor, sort);
  const rest = after === undefined ? rows : rows.filter(({ place }) => comparePlaces(place, after) > 0);
  const items = rest.slice(0, limit);
  const last = items.at(-1)?.place;
  const isLast = rest.length <= limit || last === undefined;
  return { items: items.map(({ container }) => container), next: isLast ? null : format(last, sort) };
}

function placeOf(container: LiveContainer, sort: ContainerSort): Place {
  return { key: keyOf(container, sort), id: containerId(container.record.id, container.entity.key) };
}

/** Numbers are negated, so that ascending order has the largest first. */
function keyOf({ latest, description, entity }: LiveContainer, sort: ContainerSort): string | number {
  switch (sort) {
    case 'name':
      return `${description.namespace}/${description.pod}/${description.name}`;
    case 'cpu':
      return descending(latest.cpuCores);
    case 'memory':
      return descending(latest.workingSetBytes);
    case 'throttled':
      return descending(latest.throttledRatio);
    case 'restarts':
      return descending(description.restarts);
    case 'started':
      return descending(entity.incarnations[0]?.startedAtMs ?? null);
  }
}

function descending(value: number | null): number {
  return value === null ? Number.MAX_VALUE : -value;
}

function compare(one: Placed, other: Placed): number {
  return comparePlaces(one.place, other.place);
}

function comparePlaces(one: Place, other: Place): number {
  if (one.key !== other.key) return one.key < other.key ? -1 : 1;
  return one.id < other.id ? -1 : Number(one.id > other.id);
}

function format({ key, id }: Place, sort: ContainerSort): string {
  return Buffer.from(JSON.stringify([sort, key, id])).toString('base64url');
}

function parse(cursor: string, sort: ContainerSort): Place {
  const parsed = cursorSchema.safeParse(json(Buffer.from(cursor, 'base64url').toString('utf8')));
  const [sorted, key, id] = parsed.data ?? [];
  if (sorted !== sort || key === undefined || id === undefined) {
    const message = `this cursor is not one of a list sorted by ${sort}; begin at the first page without a cursor`;
    throw new Problem(422, 'invalid_query', message, { parameter: 'cursor' });
  }
  return { key, id };
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
