/** The cluster's commands: start, stop, status. */
import { CgroupError } from './cgroups/layout.ts';
import { helpText, parseCommand } from './command-line.ts';
import { LockedError } from './lock.ts';
import { CommandError } from './process.ts';
import { RequirementError } from './start/requirements.ts';
import { start } from './start/start.ts';
import { status } from './status.ts';
import { stop } from './stop.ts';

async function perform(args: readonly string[]): Promise<number> {
  const command = parseCommand(args);
  switch (command.name) {
    case 'help':
      process.stdout.write(`${helpText(command.of)}\n`);
      return 0;
    case 'start':
      await start(command.nodesOnly, process.stdout);
      return 0;
    case 'stop':
      await stop(command.wipe, process.stdout);
      return 0;
    case 'status':
      return (await status(process.stdout)) ? 0 : 1;
  }
}

try {
  process.exit(await perform(process.argv.slice(2)));
} catch (error) {
  const isExpected = [RequirementError, CommandError, LockedError, CgroupError, TypeError].some(
    (kind) => error instanceof kind,
  );
  console.error(isExpected && error instanceof Error ? error.message : error);
  process.exit(1);
}
