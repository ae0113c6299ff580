import { commonDivisor, constant, ResidualChooser } from './residual.ts';
import { Writer } from './writer.ts';

/** One series, whose samples are the values that are not NaN; it has at least one. */
export interface Series {
  readonly values: Float64Array;
  /** Its row in the presence table, where it lacks samples that its group has. */
  readonly ownPresence?: number;
}

/** Writes one metric's series (or all groups' ages) side by side: FORMAT.md, "Columns". */
export function writeColumns(writer: Writer, all: readonly Series[], presenceOf: (i: number) => number): void {
  const anyOwn = all.some((series) => series.ownPresence !== undefined);
  writer.byte(anyOwn ? 1 : 0);
  if (anyOwn) for (const [i, series] of all.entries()) writer.unsigned(series.ownPresence ?? presenceOf(i));

  const ticks = all[0]?.values.length ?? 0;
  const samples = new Float64Array(ticks);
  const chooser = new ResidualChooser(ticks);
  const firsts = new Float64Array(all.length);
  const modes = new Writer();
  const divisors = new Writer();
  const residuals = new Writer();
  for (const [i, series] of all.entries()) {
    const count = compact(series.values, samples);
    firsts[i] = samples[0] ?? 0;
    if (count < 2) continue;
    const { mode, divisor, values } = chooser.choose(samples, count);
    modes.byte(mode);
    if (mode === constant) continue;
    divisors.unsigned(divisor);
    for (let j = 0; j < count - 1; j++) residuals.signed((values[j] ?? 0) / divisor);
  }
  const divisor = Math.max(commonDivisor(firsts, firsts.length), 1);
  writer.unsigned(divisor);
  for (const first of firsts) writer.signed(first / divisor);
  writer.raw(modes.view());
  writer.raw(divisors.view());
  writer.raw(residuals.view());
}

/** The samples alone, and how many. */
function compact(values: Float64Array, samples: Float64Array): number {
  let count = 0;
  for (const value of values) if (!Number.isNaN(value)) samples[count++] = value;
  return count;
}
