import { readFileSync } from 'node:fs';

/** Linux counts in hundredths of a second: getconf CLK_TCK is 100 on every architecture that Node runs on. */
const ticksPerSecond = 100;

/** The CPU time that a process has used, in seconds. https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
export function cpuSeconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The name, in brackets, may hold spaces: fields are counted from behind it, state first.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
}
