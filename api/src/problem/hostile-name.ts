/** Operators of the database, and members that every object has: no parameter of ours is called like that. */
const hostile = /(^|[.[\]])(\$|__proto__|constructor|prototype)/;

/** The first name that nobody asks with who means well, or undefined. */
export function hostileName(names: Iterable<string>): string | undefined {
  for (const name of names) if (hostile.test(name)) return name;
  return undefined;
}
