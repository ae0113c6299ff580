import * as fc from 'fast-check';
import type { Block, Column, Entity, Group } from '../../block.ts';
import { entityKinds, isListed } from '../../block.ts';
import { groupKinds } from '../../metrics.ts';

const max = Number.MAX_SAFE_INTEGER;
// Objects as literals make them, and not without a prototype.
const record = <T>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<T> =>
  fc.record(model, { noNullPrototype: true });

const hex = (digits: number): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: digits, maxLength: digits });
const uuid = fc.uuid();
const name = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 });

const identifier = fc.oneof(
  name,
  uuid,
  fc.tuple(uuid, name).map((parts) => parts.join('/')),
  hex(32),
  hex(64),
  fc.tuple(hex(32), name).map((parts) => parts.join('/')),
  // Nearly canonical, which must come back as they are.
  uuid.map((id) => id.toUpperCase()),
  uuid.map((id) => `${id}/`),
  hex(33),
);

const entity: fc.Arbitrary<Entity> = record({
  kind: fc.constantFrom(...entityKinds),
  key: identifier,
  runtimeId: fc.oneof(fc.constant(''), identifier),
  startedAtMs: fc.oneof(fc.constant(0), fc.integer({ min: 1, max })),
  description: fc.oneof(fc.constant(''), hex(32)),
});

const anyValue = fc.oneof(
  fc.integer({ min: -max, max }),
  fc.integer({ min: -200, max: 200 }),
  fc.constantFrom(0, 63, 64, -64, -65, max, -max, max - 1, 2 ** 32, -(2 ** 32)),
);

/** Values of one series: those that a mode of the codec is for, and those that none is for. */
function samples(ticks: number): fc.Arbitrary<number[]> {
  const some = (value: fc.Arbitrary<number>): fc.Arbitrary<number[]> =>
    fc.array(value, { minLength: ticks, maxLength: ticks });
  return fc.oneof(
    some(anyValue),
    anyValue.map((value) => Array.from({ length: ticks }, () => value)),
    some(fc.integer({ min: -3, max: 1000 })).map((pages) => pages.map((page) => page * 4096)),
    fc
      .tuple(fc.integer({ min: 0, max: 2 ** 50 }), some(fc.integer({ min: 0, max: 10 ** 7 })))
      .map(([start, steps]) => steps.map((_, i) => start + steps.slice(0, i).reduce((sum, step) => sum + step, 0))),
    fc.integer({ min: -1000, max: 1000 }).map((step) => Array.from({ length: ticks }, (_, i) => i * i * step || 0)),
  );
}

/** Those values, absent where the mask says so. */
function masked(values: readonly number[], mask: readonly boolean[]): Float64Array {
  return Float64Array.from(values, (value, tick) => (mask[tick] === true ? value : NaN));
}

function masks(ticks: number): fc.Arbitrary<boolean[]> {
  const all = Array.from({ length: ticks }, () => true);
  return fc.oneof(
    fc.constant(all),
    fc.constant(all.map((_, tick) => tick % 3 === 0)),
    fc.array(fc.boolean(), { minLength: ticks, maxLength: ticks }),
  );
}

function group(ticks: number, entities: number): fc.Arbitrary<Group> {
  const column = record({
    metric: fc.oneof(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 65_535 })),
    values: samples(ticks),
    mask: masks(ticks),
  });
  return record({
    entity: fc.integer({ min: 0, max: entities - 1 }),
    kind: fc.constantFrom(...groupKinds),
    intervalMs: fc.option(fc.constantFrom(100, 10_000, 30_000, 3_600_000), { nil: undefined }),
    ages: samples(ticks),
    mask: masks(ticks),
    columns: fc.uniqueArray(column, { selector: ({ metric }) => metric, maxLength: 6 }),
  }).map(({ entity, kind, intervalMs, ages, mask, columns }) => ({
    entity,
    kind,
    ...(intervalMs === undefined ? {} : { intervalMs }),
    ages: masked(ages, mask),
    columns: columns.map(({ metric, values, mask: own }): Column => {
      return {
        metric,
        values: masked(
          values,
          own.map((present, tick) => present && mask[tick] === true),
        ),
      };
    }),
  }));
}

/** Bits of an entity's listing, at least one of them set. */
function listing(ticks: number): fc.Arbitrary<Uint8Array> {
  return fc.tuple(masks(ticks), fc.nat({ max: ticks - 1 })).map(([mask, always]) => {
    const bits = new Uint8Array(Math.ceil(ticks / 8));
    for (const [tick, isListed] of mask.entries()) {
      if (isListed || tick === always) bits[tick >>> 3] = (bits[tick >>> 3] ?? 0) | (1 << (tick & 7));
    }
    return bits;
  });
}

/** Those entities, some of them not always listed. */
function listed(ticks: number, entities: readonly Entity[]): fc.Arbitrary<readonly Entity[]> {
  const listings = fc.array(fc.option(listing(ticks), { nil: undefined, freq: 1 }), {
    minLength: entities.length,
    maxLength: entities.length,
  });
  return fc.oneof(
    fc.constant([...entities]),
    listings.map((all) =>
      entities.map((one, i): Entity => {
        const listedAt = all[i];
        return listedAt === undefined ? one : { ...one, listedAt };
      }),
    ),
  );
}

/** Blocks that the format can hold, of 1 to 40 ticks. */
export const blocks: fc.Arbitrary<Block> = record({
  ticks: fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 40 })),
  entities: fc.array(entity, { minLength: 1, maxLength: 6 }),
}).chain(({ ticks, entities }) =>
  record({
    epoch: hex(32),
    firstSeq: fc.oneof(fc.constant(1), fc.integer({ min: 1, max: max - ticks + 1 })),
    intervalMs: fc.integer({ min: 100, max: 3_600_000 }),
    tickTimes: fc
      .uniqueArray(fc.integer({ min: 0, max }), { minLength: ticks, maxLength: ticks })
      .map((times) => times.sort((a, b) => a - b)),
    entities: listed(ticks, entities),
    groups: fc.array(group(ticks, entities.length), { maxLength: 8 }),
  }),
);

/** The block as it comes back: without what has no sample, with columns by metric id, and nothing said twice. */
export function normal(block: Block): Block {
  const ticks = block.tickTimes.length;
  return {
    ...block,
    entities: block.entities.map((one) => {
      const { listedAt, ...rest } = one;
      const isPartly = block.tickTimes.some((_, tick) => !isListed(one, tick));
      return isPartly && listedAt !== undefined ? { ...rest, listedAt } : rest;
    }),
    groups: block.groups
      .filter(({ ages }) => ages.some((age) => !Number.isNaN(age)))
      .map(({ entity: owner, kind, intervalMs, ages, columns }) => ({
        entity: owner,
        kind,
        ...(intervalMs === undefined || intervalMs === block.intervalMs ? {} : { intervalMs }),
        ages,
        columns: columns
          .filter(({ values }) => values.length === ticks && values.some((value) => !Number.isNaN(value)))
          .sort((a, b) => a.metric - b.metric),
      })),
  };
}
