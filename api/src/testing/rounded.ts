/** The values of an answer without what is left of computing: to six digits behind the point. */
export function rounded(values: readonly (number | null)[] | undefined): (number | null)[] {
  return (values ?? []).map((value) => (value === null ? null : Number(value.toFixed(6))));
}
