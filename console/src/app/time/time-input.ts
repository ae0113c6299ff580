/** The value of a datetime-local field for a moment (unix ms), in UTC or the browser's own time. */
export function toTimeInput(ms: number, isUtc: boolean): string {
  const offsetMs = isUtc ? 0 : new Date(ms).getTimezoneOffset() * 60_000;
  return new Date(ms - offsetMs).toISOString().slice(0, 16);
}

/** The moment that a datetime-local field holds, unix ms; NaN while it holds none. */
export function fromTimeInput(value: string, isUtc: boolean): number {
  return Date.parse(isUtc && value !== '' ? `${value}Z` : value);
}
