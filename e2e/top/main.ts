/** The command `docksnap top`. */
import { help, parseCommand } from './command-line.ts';
import { connectionOf } from './connection.ts';
import { watch } from './watch.ts';

const ended = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    ended.abort();
  });
}

try {
  const command = parseCommand(process.argv.slice(2));
  if (command.name === 'help') console.log(help);
  else await watch(connectionOf(process.env), command.asked, { output: process.stdout, ended: ended.signal });
  process.exitCode = 0;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
