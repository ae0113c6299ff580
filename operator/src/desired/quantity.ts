const suffixes = new Map([
  ['', 1],
  ['k', 1e3],
  ['M', 1e6],
  ['G', 1e9],
  ['T', 1e12],
  ['Ki', 2 ** 10],
  ['Mi', 2 ** 20],
  ['Gi', 2 ** 30],
  ['Ti', 2 ** 40],
]);

/**
 * Whole bytes of a Kubernetes quantity (https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/),
 * fractions rounded up as Kubernetes does. The API server has checked that it is one.
 * @throws Error for forms that make no sense for bytes, such as 100m
 */
export function bytesOf(quantity: string | number): number {
  const [, amount = '', suffix = ''] = /^([0-9.]+(?:[eE][0-9]+)?)([A-Za-z]*)$/.exec(String(quantity)) ?? [];
  const factor = suffixes.get(suffix);
  if (amount === '' || factor === undefined) throw new Error(`${quantity} is no quantity of bytes; write it as 256Mi`);
  return Math.ceil(Number(amount) * factor);
}

type Quantities = Readonly<Record<string, string | number>>;

/** Requests and limits as Kubernetes keeps them: quantities are text. */
export function stringResources({ requests, limits }: { requests?: Quantities; limits?: Quantities }) {
  const text = (given: Quantities) =>
    Object.fromEntries(Object.entries(given).map(([name, value]) => [name, String(value)]));
  return { ...(requests && { requests: text(requests) }), ...(limits && { limits: text(limits) }) };
}
