import type { Grown } from '@docksnap/contract';
import { containerId } from '../containers/container-id.ts';
import type { Member } from '../series/member.ts';

/** Growth below this is noise. */
const leastBytes = 2 ** 20;
const most = 5;

/**
 * Containers beside one that grew over a window, most first. `workingSetOf` gives a member's values, NaN where not known.
 */
export function grownBeside(
  id: string,
  members: readonly Member[],
  workingSetOf: (member: Member) => Float64Array,
): Grown[] {
  return members
    .flatMap((member): Grown[] => {
      const { record, track, belonging, name } = member;
      if (record === undefined || belonging === undefined || track.kind !== 'container') return [];
      const otherId = containerId(record.id, track.key);
      if (otherId === id) return [];
      const known = workingSetOf(member).filter((value) => !Number.isNaN(value));
      const [first = NaN] = known;
      const workingSetBytes = known.at(-1) ?? NaN;
      const grewBytes = workingSetBytes - first;
      if (!(grewBytes >= leastBytes)) return [];
      const { namespace, pod } = belonging;
      return [{ id: otherId, namespace, pod, name, workingSetBytes, grewBytes }];
    })
    .sort((one, other) => other.grewBytes - one.grewBytes || (one.id < other.id ? -1 : 1))
    .slice(0, most);
}
