import { type Day, containersPerNode } from './day.ts';

const cpu = 1;
const microsPerSecond = 1e6;
/** Answers may differ by rounding alone. */
const tolerance = 1e-9;

/** Cores that a container used between two times at which it was sampled: the definition, without any of the code. */
export function cores(day: Day, container: number, fromMs: number, toMs: number): number {
  const micros = day.value(container, cpu, toMs) - day.value(container, cpu, fromMs);
  return micros / microsPerSecond / ((toMs - fromMs) / 1000);
}

/** The sum over all containers. */
export function coresOfAll(day: Day, fromMs: number, toMs: number): number {
  const count = day.nodes.length * containersPerNode;
  return Array.from({ length: count }, (_, container) => cores(day, container, fromMs, toMs)).reduce(
    (a, b) => a + b,
    0,
  );
}

/** @throws unless two values are equal to 1e-9 of the larger. */
export function mustAgree(what: string, found: number | null | undefined, expected: number): void {
  const apart = Math.abs((found ?? NaN) - expected);
  if (apart <= tolerance * Math.max(Math.abs(expected), Number.EPSILON)) return;
  throw new Error(`${what}: the answer is ${String(found)} and must be ${expected}`);
}
