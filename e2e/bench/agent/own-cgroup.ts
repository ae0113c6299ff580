import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = '/sys/fs/cgroup';
const mebibyte = 1024 * 1024;

/** A cgroup of its own for one process: what it costs is counted by the kernel. Version 1, as the test cluster's nodes have. */
export class OwnCgroup {
  readonly #cpu: string;
  readonly #memory: string;

  constructor(name: string, memoryLimitMiB?: number) {
    this.#cpu = join(root, 'cpuacct', name);
    this.#memory = join(root, 'memory', name);
    for (const path of [this.#cpu, this.#memory]) if (!existsSync(path)) mkdirSync(path);
    if (memoryLimitMiB !== undefined) this.#write(this.#memory, 'memory.limit_in_bytes', memoryLimitMiB * mebibyte);
  }

  /** A command that puts itself into the cgroup and becomes the given one. */
  get through(): readonly string[] {
    const enter = [this.#cpu, this.#memory].map((path) => `echo $$ > ${path}/cgroup.procs`).join(' && ');
    return ['sh', '-c', `${enter} && exec "$@"`, 'sh'];
  }

  /** CPU that it has used, in µs. */
  get cpuMicros(): number {
    return Number(readFileSync(join(this.#cpu, 'cpuacct.usage'), 'utf8')) / 1000;
  }

  /** What cannot be reclaimed with ease: usage without inactive file pages, as the kubelet counts it. */
  get workingSetBytes(): number {
    const usage = Number(readFileSync(join(this.#memory, 'memory.usage_in_bytes'), 'utf8'));
    const [, inactive = '0'] =
      /^total_inactive_file (\d+)$/m.exec(readFileSync(join(this.#memory, 'memory.stat'), 'utf8')) ?? [];
    return usage - Number(inactive);
  }

  /** How often the kernel ended a process here for want of memory. */
  get oomKills(): number {
    const [, kills = '0'] =
      /^oom_kill (\d+)$/m.exec(readFileSync(join(this.#memory, 'memory.oom_control'), 'utf8')) ?? [];
    return Number(kills);
  }

  /** Once no process is in it. */
  remove(): void {
    for (const path of [this.#cpu, this.#memory]) rmdirSync(path);
  }

  #write(path: string, file: string, value: number): void {
    writeFileSync(join(path, file), String(value));
  }
}
