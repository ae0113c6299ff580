const multipliers: Readonly<Record<string, number>> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

const quantityPattern = /^\+?(\d+\.?\d*|\.\d+)(?:([eE][+-]?\d+)|([numkMGTPE]|[KMGTPE]i)?)$/;

/**
 * A Kubernetes quantity as a number of its unit (cores or bytes): `250m` is 0.25, `64Mi` is 67108864. Undefined when
 * it is none. (Grammar: apimachinery's resource.Quantity.)
 */
export function quantityOf(value: unknown): number | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const [, digits, exponent = '', suffix = ''] = quantityPattern.exec(String(value)) ?? [];
  const multiplier = multipliers[suffix];
  if (digits === undefined || multiplier === undefined) return undefined;
  // A division keeps 250m at exactly 0.25, which a product with 0.001 does not for every value.
  const number = Number(digits + exponent);
  const quantity = multiplier < 1 ? number / Math.round(1 / multiplier) : number * multiplier;
  return Number.isFinite(quantity) ? quantity : undefined;
}
