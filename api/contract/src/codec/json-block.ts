import type { Block, Column, Group } from '../block.ts';
import type { Description } from '../description.ts';
import { metricByName } from '../metrics.ts';
import type { JsonBlock } from '../push.ts';
import { BlockError } from './block-error.ts';

/** A block that came as JSON, and the descriptions that stood in it, by their hash. */
export interface FromJson {
  readonly block: Block;
  readonly descriptions: ReadonlyMap<string, Description>;
}

/**
 * The block of a JSON push. `hashOf` is descriptionHash with the caller's SHA-256. What else the format asks of a
 * block, encodeBlock checks.
 *
 * @throws BlockError with the path, for an unknown metric, or as many values as there are not ticks.
 */
export function jsonBlockToBlock(json: JsonBlock, hashOf: (description: Description) => string): FromJson {
  const descriptions = new Map<string, Description>();
  const entities = json.entities.map(({ description, ...entity }) => {
    if (description === undefined) return { ...entity, description: '' };
    const hash = hashOf(description);
    descriptions.set(hash, description);
    return { ...entity, description: hash };
  });
  const ticks = json.tickTimes.length;
  const groups = json.groups.map((group, i) => toGroup(group, ticks, `groups[${i}]`));
  const { epoch, firstSeq, intervalMs, tickTimes } = json;
  return { block: { epoch, firstSeq, intervalMs, tickTimes, entities, groups }, descriptions };
}

function toGroup(json: JsonBlock['groups'][number], ticks: number, place: string): Group {
  const { entity, kind, intervalMs, ages, metrics } = json;
  const columns = Object.entries(metrics).map(([name, values]): Column => {
    const metric = metricByName(name);
    if (metric === undefined) throw new BlockError('malformed', `${place}.metrics.${name}`, 'there is no such metric');
    return { metric: metric.id, values: toValues(values, ticks, `${place}.metrics.${name}`) };
  });
  const own = intervalMs === undefined ? {} : { intervalMs };
  return { entity, kind, ...own, ages: toValues(ages, ticks, `${place}.ages`), columns };
}

function toValues(values: readonly (number | null)[], ticks: number, place: string): Float64Array {
  if (values.length !== ticks) {
    throw new BlockError('malformed', place, `it has ${values.length} values for ${ticks} ticks`);
  }
  return Float64Array.from(values, (value) => value ?? NaN);
}
