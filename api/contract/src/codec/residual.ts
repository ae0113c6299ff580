/**
 * How a series goes on after its first sample (FORMAT.md, "Columns"); the number is what is stored.
 * Residuals are what is left: differences, differences of differences, or the values themselves.
 */
export const constant = 0;
export const delta = 1;
export const deltaOfDelta = 2;
export const plain = 3;

const max = Number.MAX_SAFE_INTEGER;
const { abs, clz32 } = Math;

/** A series' residuals in their cheapest form. All numbers are whole and at most 2^53 - 1 either way. */
export interface Residuals {
  readonly mode: number;
  /** Greatest common divisor of the residuals, by which they are divided when written; 1 if all are 0. */
  readonly divisor: number;
  /** Into this the residuals were written. */
  readonly values: Float64Array;
}

/** Work space for series of up to that many samples. */
export class ResidualChooser {
  readonly #forms: readonly { readonly mode: number; readonly values: Float64Array }[];

  constructor(samples: number) {
    this.#forms = [delta, deltaOfDelta, plain].map((mode) => ({ mode, values: new Float64Array(samples) }));
  }

  /**
   * The cheapest form of a series' samples after the first; `samples` holds `count` >= 2 of them.
   * Equal costs: the form named first above. The answer's values last until the next call.
   */
  choose(samples: Float64Array, count: number): Residuals {
    let best: Residuals | undefined;
    let bestBits = Infinity;
    for (const { mode, values } of this.#forms) {
      if (!derive(mode, samples, count, values)) continue;
      const divisor = commonDivisor(values, count - 1);
      if (divisor === 0 && mode === delta) return { mode: constant, divisor: 1, values };
      const bits = cost(values, count - 1, divisor);
      if (bits >= bestBits) continue;
      bestBits = bits;
      best = { mode, divisor: Math.max(divisor, 1), values };
    }
    // Samples themselves are always safe integers, so the plain form never fails.
    if (best === undefined) throw new Error('no form fits');
    return best;
  }
}

/** False where a difference is beyond 2^53 - 1, and would be rounded. */
function derive(mode: number, samples: Float64Array, count: number, out: Float64Array): boolean {
  let last = samples[0] ?? 0;
  let lastDelta = 0;
  for (let i = 1; i < count; i++) {
    const value = samples[i] ?? 0;
    const change = value - last;
    const residual = mode === plain ? value : mode === delta ? change : change - lastDelta;
    // A rounded change can make a small difference of differences: both must be exact.
    if (!isExact(residual) || (mode !== plain && !isExact(change))) return false;
    out[i - 1] = residual;
    last = value;
    lastDelta = change;
  }
  return true;
}

function isExact(difference: number): boolean {
  return difference <= max && difference >= -max;
}

/** Of the first `count` numbers; 0 if all are 0. */
export function commonDivisor(numbers: Float64Array, count: number): number {
  let divisor = 0;
  for (let i = 0; i < count && divisor !== 1; i++) {
    let a = divisor;
    let b = abs(numbers[i] ?? 0);
    while (b !== 0) [a, b] = [b, a % b];
    divisor = a;
  }
  return divisor;
}

/** The bits of the divided numbers: what entropy coding makes of them is nearer to these than to bytes. */
function cost(numbers: Float64Array, count: number, divisor: number): number {
  let bits = 0;
  for (let i = 0; i < count; i++) {
    const size = abs(numbers[i] ?? 0) / divisor;
    bits += size < 2 ** 32 ? 32 - clz32(size) : 64 - clz32(size / 2 ** 32);
  }
  return bits;
}
