/** Values by group and key, so that a group's are found without looking at the others'. */
export class Groups<T> {
  readonly #groups = new Map<string, Map<string, T>>();

  put(group: string, key: string, value: T): void {
    const members = this.#groups.get(group) ?? new Map<string, T>();
    members.set(key, value);
    this.#groups.set(group, members);
  }

  remove(group: string, key: string): void {
    const members = this.#groups.get(group);
    members?.delete(key);
    if (members?.size === 0) this.#groups.delete(group);
  }

  of(group: string): readonly T[] {
    return [...(this.#groups.get(group)?.values() ?? [])];
  }
}
