import * as fc from 'fast-check';

/** Some bytes replaced, then some put in, then some taken out. */
export const damage = fc.record({
  replaced: fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { maxLength: 4 }),
  inserted: fc.tuple(fc.nat(), fc.uint8Array({ maxLength: 3 })),
  removed: fc.tuple(fc.nat(), fc.nat({ max: 3 })),
});
type Damage = typeof damage extends fc.Arbitrary<infer T> ? T : never;

export function damaged(bytes: Uint8Array, { replaced, inserted, removed }: Damage): Uint8Array {
  const result = [...bytes];
  for (const [at, byte] of replaced) result[at % bytes.length] = byte;
  result.splice(inserted[0] % bytes.length, 0, ...inserted[1]);
  result.splice(removed[0] % bytes.length, removed[1]);
  return Uint8Array.from(result);
}
