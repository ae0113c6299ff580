/** Runs tasks of one key one after the other, tasks of different keys at once. */
export class KeyedQueue {
  private readonly tails = new Map<string, Promise<void>>();

  /** Resolves or rejects as the task does, after those given before under the same key have ended. */
  async run<T>(key: string, task: () => Promise<T>): Promise<T> {
    const before = this.tails.get(key);
    const outcome = before === undefined ? task() : before.then(task);
    const tail = outcome.then(
      () => undefined,
      () => undefined,
    );
    this.tails.set(key, tail);
    try {
      return await outcome;
    } finally {
      if (this.tails.get(key) === tail) this.tails.delete(key);
    }
  }
}
