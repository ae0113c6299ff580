import { setTimeout as sleep } from 'node:timers/promises';
import { limits } from '@docksnap/contract';
import { AskError } from './ask.ts';
import type { Asked } from './command-line.ts';
import type { Connection } from './connection.ts';
import { inPlace, jsonLine, linesOf } from './screen.ts';
import { type Snapshot, takeSnapshot } from './snapshot.ts';

/** The part of a terminal, a pipe or a file that is written to. */
export type Output = Pick<NodeJS.WriteStream, 'write'> &
  Partial<Pick<NodeJS.WriteStream, 'isTTY' | 'columns' | 'rows'>>;

/** Of a terminal that does not tell. */
const usual = { columns: 80, rows: 24 } as const;
/** Lines of the screen that are no rows of the table. */
const headLines = 5;
/** What another answer will not cure. */
const final = [400, 401, 403, 404];

/** Shows what is used now, again and again until `ended`. @throws AskError when the first answer does not come */
export async function watch(
  connection: Connection,
  asked: Asked,
  { output, ended }: { readonly output: Output; readonly ended: AbortSignal },
): Promise<void> {
  const show = showOn(output, asked);
  let last: Snapshot | undefined;
  while (!ended.aborted) {
    try {
      last = await takeSnapshot(connection, asked, mostRows(output, asked));
      show(last);
    } catch (error) {
      if (!(error instanceof AskError) || last === undefined || final.includes(error.status)) throw error;
      show(last, error.message);
    }
    if (asked.isOnce) return;
    await sleep(asked.intervalSeconds * 1000, undefined, { signal: ended }).catch(() => undefined);
  }
}

function isScreen({ isTTY }: Output, { isOnce, isJson }: Asked): boolean {
  return isTTY === true && !isOnce && !isJson;
}

/** As many as can be seen; where nothing scrolls away, as many as one answer holds. */
function mostRows(output: Output, asked: Asked): number {
  return isScreen(output, asked) ? Math.max(1, (output.rows ?? usual.rows) - headLines) : limits.pageRows;
}

function showOn(output: Output, asked: Asked): (snapshot: Snapshot, trouble?: string) => void {
  if (asked.isJson) {
    return (snapshot, trouble) => {
      // A line stands for its own time: an old one is not printed again.
      if (trouble === undefined) output.write(`${jsonLine(snapshot)}\n`);
    };
  }
  return (snapshot, trouble) => {
    const lines = linesOf(snapshot, trouble);
    const { columns = usual.columns, rows = usual.rows } = output;
    output.write(isScreen(output, asked) ? inPlace(lines, columns, rows) : `${lines.join('\n')}\n`);
  };
}
