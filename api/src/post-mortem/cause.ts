import type { EndCause, Termination } from '@docksnap/contract';

/** What is known of the moment at which a container ended. */
export interface Scene {
  readonly end: Pick<Termination, 'reason' | 'exitCode' | 'signal'>;
  /** Null where they are not known. */
  readonly memoryLimitBytes: number | null;
  readonly nodeWorkingSetBytes: number | null;
  readonly nodeMemoryBytes: number | null;
}

export interface Cause {
  readonly cause: EndCause;
  readonly words: string;
}

/** A node with less than this share of its memory free was short of it. */
const nodeShort = 0.05;
/** Shells and runtimes tell a signal by this much above its number (POSIX shells: 128 + n). */
const signalBase = 128;
const signalNames: Readonly<Record<number, string>> = {
  1: 'SIGHUP',
  2: 'SIGINT',
  3: 'SIGQUIT',
  4: 'SIGILL',
  6: 'SIGABRT',
  7: 'SIGBUS',
  8: 'SIGFPE',
  9: 'SIGKILL',
  11: 'SIGSEGV',
  13: 'SIGPIPE',
  15: 'SIGTERM',
};
/** Faults of the program itself, which it raises in its own process. */
const ownFaults = new Set([4, 6, 7, 8, 11, 13]);

/** Who ended a container, as far as its exit and the memory before it tell. */
export function causeOf(scene: Scene): Cause {
  const { reason, exitCode, signal } = scene.end;
  if (reason === 'OOMKilled') return outOfMemory(scene);
  const number = signal !== undefined && signal > 0 ? signal : exitCode - signalBase;
  const name = signalNames[number];
  if (name === undefined) return byItself(exitCode);
  if (ownFaults.has(number)) return { cause: 'itself', words: `it crashed: ${name}, exit code ${exitCode}` };
  const who = number === 9 ? 'killed from outside, or after it did not stop in time' : 'told to stop from outside';
  return { cause: 'signal', words: `${who}: ${name}, exit code ${exitCode}` };
}

function byItself(exitCode: number): Cause {
  if (exitCode === 0) return { cause: 'itself', words: 'it finished: exit code 0' };
  return { cause: 'itself', words: `it ended with exit code ${exitCode}: its log says why` };
}

function outOfMemory({ memoryLimitBytes, nodeWorkingSetBytes, nodeMemoryBytes }: Scene): Cause {
  const used = nodeWorkingSetBytes !== null && nodeMemoryBytes ? nodeWorkingSetBytes / nodeMemoryBytes : null;
  const isNodeShort = used !== null && used >= 1 - nodeShort;
  if (memoryLimitBytes === null && !isNodeShort && used === null) {
    return { cause: 'unknown', words: 'it has no limit of its own; whether the node was short of memory is not known' };
  }
  if (memoryLimitBytes === null || isNodeShort) {
    return { cause: 'nodeMemory', words: 'the node was short of memory, and the kernel chose this container' };
  }
  const node = used === null ? '' : `; the node was not short: ${Math.round((1 - used) * 100)} % of it was free`;
  return { cause: 'ownLimit', words: `it reached its own memory limit${node}` };
}
