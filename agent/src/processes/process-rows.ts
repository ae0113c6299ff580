import type { AgentProcess, ProcessList } from '@docksnap/contract';
import { limits } from '@docksnap/contract/limits';
import type { RowDrops } from '../exposition/row-drops.ts';
import { integerOf, type JsonObject, objectsOf, textOf } from '../json.ts';
import type { Owner } from './container-keys.ts';
import { masked } from './masked.ts';

type OwnerOf = (cgroupPath: string) => Owner;

/**
 * cAdvisor's `/api/v2.0/ps/`, the rows of ps for all of the machine, as the list that is sent. Rows that make no sense,
 * or are of containers that are not told of, are dropped and counted; of too many the largest stay.
 */
export function processesOf(page: unknown, ownerOf: OwnerOf, drops: RowDrops): ProcessList {
  const rows = objectsOf(page);
  const byPid = new Map<number, AgentProcess>();
  for (const row of rows) {
    const process = processOf(row, ownerOf);
    if (typeof process === 'string') drops.add(process);
    else if (byPid.has(process.pid)) drops.add('duplicate');
    else byPid.set(process.pid, process);
  }
  const processes = fitting([...byPid.values()]);
  drops.add('too_many', byPid.size - processes.length);
  return { processes, dropped: rows.length - processes.length };
}

function processOf(row: JsonObject, ownerOf: OwnerOf): AgentProcess | 'malformed' | 'unknown_container' {
  const pid = countOf(row['pid']);
  const parentPid = countOf(row['parent_pid']);
  const command = textOf(row['cmd'], 2 * limits.processCommandLength);
  const cgroupPath = row['cgroup_path'];
  if (pid === null || pid === 0 || parentPid === null || command === undefined || typeof cgroupPath !== 'string') {
    return 'malformed';
  }
  const owner = ownerOf(cgroupPath);
  if (owner.kind === 'unknown') return 'unknown_container';
  return {
    pid,
    parentPid,
    user: plain(textOf(row['user'], limits.processUserLength)),
    command: plain(masked(command)).slice(0, limits.processCommandLength).toWellFormed(),
    cpuCores: coresOf(row['percent_cpu']),
    cpuSeconds: secondsOf(row['running_time']),
    rssBytes: countOf(row['rss']),
    virtualBytes: countOf(row['virtual_size']),
    started: plain(textOf(row['start_time'], limits.processWordLength)),
    status: plain(textOf(row['status'], limits.processWordLength)),
    container: owner.kind === 'container' ? owner.key : null,
  };
}

/** As many as a list may have, in number and in bytes: those with the most memory. */
function fitting(processes: readonly AgentProcess[]): AgentProcess[] {
  const bySize = processes.toSorted((one, other) => (other.rssBytes ?? 0) - (one.rssBytes ?? 0));
  // What is around the rows.
  let bytes = 64;
  const end = bySize.slice(0, limits.processesPerList).findIndex((process) => {
    bytes += Buffer.byteLength(JSON.stringify(process)) + 1;
    return bytes > limits.processListBytes;
  });
  return bySize.slice(0, end < 0 ? limits.processesPerList : end).sort((one, other) => one.pid - other.pid);
}

function countOf(value: unknown): number | null {
  const count = integerOf(value);
  return count === undefined || count < 0 ? null : count;
}

function coresOf(percent: unknown): number | null {
  return typeof percent === 'number' && percent >= 0 && Number.isFinite(percent) ? percent / 100 : null;
}

/** Without what moves a terminal's cursor. */
function plain(text = ''): string {
  return text.replace(/\p{Cc}/gu, ' ');
}

/** Of ps's TIME: `[days-]hours:minutes:seconds`. */
function secondsOf(value: unknown): number | null {
  const match = typeof value === 'string' ? /^(?:(\d{1,5})-)?(\d{1,5}):(\d\d):(\d\d)$/.exec(value) : null;
  if (match === null) return null;
  const [, days = '0', hours, minutes, seconds] = match;
  return ((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60 + Number(seconds);
}
