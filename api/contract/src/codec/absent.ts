/** Whether a value is absent: NaN, the one number that is not equal to itself. */
export function isAbsent(value: number | undefined): boolean {
  return value !== value;
}
