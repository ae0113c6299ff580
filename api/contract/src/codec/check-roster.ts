import { limits } from '../limits.ts';
import { groupKinds } from '../metrics.ts';
import { atMost, checkEntity, checkInterval, isStorable, isWhole, refuse } from './check.ts';
import type { Roster, RosterGroup } from './roster.ts';

/** Throws BlockError, with a path as the place, for a roster that the format cannot hold. */
export function checkRoster({ entities, groups }: Roster): void {
  atMost(entities.length, limits.entitiesPerBlock, 'entities');
  for (const [i, entity] of entities.entries()) {
    checkEntity(entity, `entities[${i}]`);
    if (entity.listedAt !== undefined) refuse(`entities[${i}].listedAt`, 'that is for blocks to say');
  }
  atMost(groups.length, limits.groupsPerBlock, 'groups');
  atMost(
    groups.reduce((sum, { metrics }) => sum + metrics.length, 0),
    limits.seriesPerBlock,
    'series',
  );
  for (const [i, group] of groups.entries()) checkGroup(group, entities.length, `groups[${i}]`);
}

function checkGroup(group: RosterGroup, entities: number, place: string): void {
  if (!isWhole(group.entity, 0, entities - 1)) refuse(`${place}.entity`, `there is no entity ${group.entity}`);
  if (!groupKinds.includes(group.kind)) refuse(`${place}.kind`, `"${group.kind}" is not known`);
  if (group.intervalMs !== undefined) checkInterval(group.intervalMs, `${place}.intervalMs`);
  checkSeries(group, place);
}

function checkSeries({ metrics, references }: RosterGroup, place: string): void {
  for (const [i, id] of metrics.entries()) {
    if (!isWhole(id, (metrics[i - 1] ?? 0) + 1, limits.metricIdMax)) {
      refuse(`${place}.metrics[${i}]`, `${id} is out of range, or not above the one before it`);
    }
  }
  if (references === undefined) return;
  if (references.length !== metrics.length) {
    refuse(`${place}.references`, `${references.length} references for ${metrics.length} metrics`);
  }
  for (const [i, reference] of references.entries()) {
    if (!isStorable(reference)) refuse(`${place}.references[${i}]`, `${reference} is not a whole number to 2^53 - 1`);
  }
}
