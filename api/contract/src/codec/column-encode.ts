import { isAbsent } from './absent.ts';
import { commonDivisor, constant, ResidualChooser } from './residual.ts';
import { Writer } from './writer.ts';

/** One series, whose samples are the values that are not NaN. */
export interface Series {
  readonly values: Float64Array;
  /** What its first sample is written as the difference to; 0 unless told. */
  readonly reference?: number;
  /** Its row in the presence table, where it lacks samples that its group has. */
  readonly ownPresence?: number;
}

/**
 * Writes one metric's series (or all groups' ages) side by side: FORMAT.md, "Columns". `presenceOf` gives the
 * presence row of the group that series i belongs to. A series without any sample takes its presence row alone.
 */
export function writeColumns(writer: Writer, all: readonly Series[], presenceOf: (i: number) => number): void {
  const anyOwn = all.some((series) => series.ownPresence !== undefined);
  writer.byte(anyOwn ? 1 : 0);
  if (anyOwn) for (const [i, series] of all.entries()) writer.unsigned(series.ownPresence ?? presenceOf(i));
  const rest = new Rest(all[0]?.values.length ?? 0);
  const firsts = Float64Array.from(
    all.flatMap(({ values, reference = 0 }) => {
      const first = rest.add(values);
      return first === undefined ? [] : [first - reference];
    }),
  );
  const divisor = Math.max(commonDivisor(firsts, firsts.length), 1);
  writer.unsigned(divisor);
  for (const first of firsts) writer.signed(first / divisor);
  rest.write(writer);
}

/** What follows the first samples: each kind of number in its own run. */
class Rest {
  readonly #samples: Float64Array;
  readonly #chooser: ResidualChooser;
  readonly #modes = new Writer();
  readonly #divisors = new Writer();
  readonly #residuals = new Writer();

  constructor(ticks: number) {
    this.#samples = new Float64Array(ticks);
    this.#chooser = new ResidualChooser(ticks);
  }

  /** Answers the first sample, which stands elsewhere; undefined when there is none. */
  add(series: Float64Array): number | undefined {
    const count = compact(series, this.#samples);
    if (count > 1) this.#addResiduals(count);
    return count === 0 ? undefined : this.#samples[0];
  }

  #addResiduals(count: number): void {
    const { mode, divisor, values } = this.#chooser.choose(this.#samples, count);
    this.#modes.byte(mode);
    if (mode === constant) return;
    this.#divisors.unsigned(divisor);
    for (let i = 0; i < count - 1; i++) this.#residuals.signed((values[i] ?? 0) / divisor);
  }

  write(writer: Writer): void {
    writer.raw(this.#modes.view());
    writer.raw(this.#divisors.view());
    writer.raw(this.#residuals.view());
  }
}

/** The samples alone, and how many. */
function compact(values: Float64Array, samples: Float64Array): number {
  let count = 0;
  for (const value of values) if (!isAbsent(value)) samples[count++] = value;
  return count;
}
