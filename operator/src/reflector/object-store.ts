import { keyOf } from '../monitor.ts';

/** What an object must tell of itself to be kept. */
export interface Kept {
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string | undefined;
    readonly resourceVersion: string;
  };
}

/** Told of each change: `now` is undefined when the object is gone, `before` when it is new. Handlers only enqueue. */
export type OnChange<T> = (now: T | undefined, before: T | undefined) => void;

/** Objects by namespace/name. */
export class ObjectStore<T extends Kept> {
  readonly #objects = new Map<string, T>();
  readonly #onChange: OnChange<T>;

  constructor(onChange: OnChange<T>) {
    this.#onChange = onChange;
  }

  get(key: string): T | undefined {
    return this.#objects.get(key);
  }

  all(): readonly T[] {
    return [...this.#objects.values()];
  }

  /** Makes these all that there is, and tells what that changed. */
  replace(objects: readonly T[]): void {
    const gone = new Map(this.#objects);
    for (const object of objects) {
      gone.delete(keyOf(object.metadata));
      this.keep(object);
    }
    for (const object of gone.values()) this.forget(object);
  }

  keep(now: T): void {
    const key = keyOf(now.metadata);
    const before = this.#objects.get(key);
    this.#objects.set(key, now);
    if (before?.metadata.resourceVersion !== now.metadata.resourceVersion) this.#onChange(now, before);
  }

  forget({ metadata }: T): void {
    const key = keyOf(metadata);
    const before = this.#objects.get(key);
    this.#objects.delete(key);
    if (before !== undefined) this.#onChange(undefined, before);
  }
}
