import type { SeriesSlot } from './chart.ts';

const slots = [1, 2, 3, 4, 5, 6, 7, 8] as const;

/** FNV-1a, 32 bits: spreads short names well. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1)
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193) >>> 0;
  return value;
}

/**
 * The ink of each identity (namespace/workload), largest first: the one that its name gives on every page, or where a
 * larger one has it already, the next that is free. With more identities than inks, the rest share `other`.
 */
export function colourSlots(identities: readonly string[]): ReadonlyMap<string, SeriesSlot> {
  const given = new Map<string, SeriesSlot>();
  const taken = new Set<SeriesSlot>();
  for (const identity of new Set(identities)) {
    const first = hash(identity) % slots.length;
    const free = slots
      .map((_, offset) => slots[(first + offset) % slots.length] ?? 'other')
      .find((slot) => !taken.has(slot));
    given.set(identity, free ?? 'other');
    if (free !== undefined) taken.add(free);
  }
  return given;
}
