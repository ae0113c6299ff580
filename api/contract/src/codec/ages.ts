import type { Group } from '../block.ts';
import { isAbsent } from './absent.ts';
import { readColumns } from './column-decode.ts';
import { writeColumns } from './column-encode.ts';
import type { Presence } from './presence.ts';
import type { Reader } from './reader.ts';
import type { RosterGroup } from './roster.ts';
import { Writer } from './writer.ts';

/*
 * A source often takes all groups of an entity at one moment. So ages may stand as differences: to the ages of the
 * first group of the same entity that has any, at ticks where that has one too.
 */
const plain = 0;
const differences = 1;

/** Writes the ages of the groups that there are, in the shorter way: FORMAT.md, "Ages". */
export function writeAges(writer: Writer, groups: readonly (Group | undefined)[]): void {
  const present = groups.filter((group) => group !== undefined);
  const own = columnsOf(present.map(({ ages }) => ages));
  const related = differencesOf(present);
  const shorter = related === undefined ? own : columnsOf(related);
  const isShorter = shorter.length < own.length;
  writer.byte(isShorter ? differences : plain);
  writer.raw((isShorter ? shorter : own).view());
}

function columnsOf(ages: readonly Float64Array[]): Writer {
  const writer = new Writer();
  writeColumns(
    writer,
    ages.map((values) => ({ values })),
    () => 0,
  );
  return writer;
}

/** Undefined where a difference would be beyond 2^53 - 1, and rounded. */
function differencesOf(groups: readonly Group[]): Float64Array[] | undefined {
  const leaders = new Map<number, Float64Array>();
  const related = groups.map(({ entity, ages }) => {
    const leader = leaders.get(entity);
    if (leader === undefined) leaders.set(entity, ages);
    return leader === undefined ? ages : combined(ages, leader, -1);
  });
  const isExact = related.every((ages) => ages.every((age) => isAbsent(age) || Number.isSafeInteger(age)));
  return isExact ? related : undefined;
}

/** Ages plus or minus the leader's, where that has one. */
function combined(ages: Float64Array, leader: Float64Array, sign: 1 | -1): Float64Array {
  // 0 for -0: a difference of 0 has no sign.
  return ages.map((age, tick) =>
    isAbsent(leader[tick]) ? age : age + sign * (leader[tick] ?? 0) || (age === age ? 0 : NaN),
  );
}

/** The ages of each group; undefined for one whose row is empty. */
export function readAges(
  reader: Reader,
  groups: readonly RosterGroup[],
  rows: readonly number[],
  presence: Presence,
): readonly (Float64Array | undefined)[] {
  reader.what = 'form';
  const form = reader.byte();
  if (form > differences) reader.fail(`${form} is no form of ages`);
  const present = groups.flatMap((_, i) => (presence.count(rows[i] ?? 0) > 0 ? [i] : []));
  const read = readColumns(
    reader,
    present.map((i) => rows[i] ?? 0),
    presence,
  );
  const ages = groups.map((): Float64Array | undefined => undefined);
  const leaders = new Map<number, Float64Array>();
  for (const [at, i] of present.entries()) {
    const own = read[at];
    const entity = groups[i]?.entity ?? 0;
    const leader = leaders.get(entity);
    if (own === undefined) continue;
    ages[i] = form === plain || leader === undefined ? own : checked(reader, combined(own, leader, 1));
    if (leader === undefined) leaders.set(entity, own);
  }
  return ages;
}

function checked(reader: Reader, ages: Float64Array): Float64Array {
  if (ages.some((age) => !isAbsent(age) && !Number.isSafeInteger(age))) reader.fail('an age is beyond 2^53 - 1');
  return ages;
}
