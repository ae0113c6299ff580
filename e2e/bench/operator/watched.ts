import * as z from 'zod';
import type { ControlPlane } from '../../control-plane/control-plane.ts';
import { until } from '../../system/support/until.ts';

const fewMinutesMs = 600_000;
const monitor = z.object({
  status: z
    .object({
      nodes: z.object({ reporting: z.number().default(0) }).optional(),
      conditions: z.array(z.object({ type: z.string(), status: z.string() })).default([]),
    })
    .optional(),
});
type Monitor = z.infer<typeof monitor>;

/** Monitors in one namespace, seen by an admin. */
export class Watched {
  readonly #plane: ControlPlane;
  readonly #namespace: string;

  constructor(plane: ControlPlane, namespace: string) {
    this.#plane = plane;
    this.#namespace = namespace;
  }

  async apply(name: string, spec: unknown): Promise<void> {
    const metadata = { name, namespace: this.#namespace };
    await this.#plane.apply({ apiVersion: 'docksnap.io/v1', kind: 'DockSnapMonitor', metadata, spec });
  }

  async remove(name: string): Promise<void> {
    await this.#plane.kubectl(['delete', 'dsm', name, '-n', this.#namespace]);
  }

  /** Settles when a monitor is ready and so many nodes report. */
  async untilReady(name: string, nodes: number): Promise<void> {
    await until(`a report of ${nodes} nodes`, fewMinutesMs, async () => {
      const text = await this.#plane.kubectl(['get', 'dsm', name, '-n', this.#namespace, '-o', 'json']);
      const found = monitor.parse(JSON.parse(text));
      return isReady(found) && found.status?.nodes?.reporting === nodes;
    });
  }

  /** Settles when so many monitors are there and ready. */
  async untilAllReady(count: number): Promise<void> {
    await until(`${count} ready monitors`, fewMinutesMs, async () => {
      const text = await this.#plane.kubectl(['get', 'dsm', '-n', this.#namespace, '-o', 'json']);
      const { items } = z.object({ items: z.array(monitor) }).parse(JSON.parse(text));
      return items.length === count && items.every(isReady);
    });
  }
}

function isReady({ status }: Monitor): boolean {
  return status?.conditions.some(({ type, status: is }) => type === 'Ready' && is === 'True') === true;
}
