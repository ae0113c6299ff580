/** Another, slower reading of the text format, to compare with: regular expressions and BigInt. */
export interface SlowRow {
  readonly name: string;
  readonly labels: ReadonlyMap<string, string>;
  readonly value: string;
  readonly timestampMs: number | undefined;
}

export function slowRows(page: string): SlowRow[] {
  return page
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const [, name = '', , labels = '', value = '', time] = /^([a-z_]+)(\{(.*)\})? (\S+)(?: (\d+))?$/.exec(line) ?? [];
      const pairs = [...labels.matchAll(/([a-zA-Z_]+)="([^"]*)"/g)].map(
        ([, key = '', text = '']) => [key, text] as const,
      );
      return { name, labels: new Map(pairs), value, timestampMs: time === undefined ? undefined : Number(time) };
    });
}

/** Decimal text times 10^power, rounded half away from zero: by whole-number arithmetic alone. */
export function slowScaled(text: string, power: number): bigint {
  const [, sign, whole = '', fraction = '', exponent = '0'] =
    /^([+-]?)(\d*)\.?(\d*)(?:[eE]([+-]?\d+))?$/.exec(text) ?? [];
  const digits = BigInt(whole + fraction);
  const shift = Number(exponent) + power - fraction.length;
  const divisor = 10n ** BigInt(Math.max(0, -shift));
  const scaled = shift >= 0 ? digits * 10n ** BigInt(shift) : (2n * digits + divisor) / (2n * divisor);
  return sign === '-' ? -scaled : scaled;
}
