import { Gauge, type Registry } from 'prom-client';

/** Adds a gauge whose value is asked for at each scrape. */
export function asked(
  registry: Registry,
  name: string,
  help: string,
  labels: Readonly<Record<string, string>>,
  value: () => number,
): void {
  const gauge = new Gauge({
    name,
    help,
    labelNames: Object.keys(labels),
    registers: [registry],
    collect: () => {
      gauge.set(labels, value());
    },
  });
}
