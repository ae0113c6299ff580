/** The commands of `npm run standalone`. */
import { help, parseCommand } from './command-line.ts';
import { start, welcome } from './start.ts';
import { files, keptPorts, running } from './state.ts';
import { stop } from './stop.ts';
import { asAdmin, invite, joinLine, readToken } from './tokens.ts';

async function perform(args: readonly string[]): Promise<number> {
  const command = parseCommand(args);
  switch (command.name) {
    case 'help':
      console.log(help);
      return 0;
    case 'start':
      await start(command.port, process.stdout);
      return 0;
    case 'stop':
      await stop(command.wipe, process.stdout);
      return 0;
    case 'token':
    case 'read-token':
      console.log(await newToken(command.name));
      return 0;
    case 'status': {
      const at = files();
      const isUp = running(at)?.isUp === true;
      console.log(isUp ? welcome(at, await keptPorts(at)) : 'It does not run; npm run standalone starts it.');
      return isUp ? 0 : 1;
    }
  }
}

async function newToken(kind: 'token' | 'read-token'): Promise<string> {
  const at = files();
  if (running(at)?.isUp !== true) throw new Error('it does not run; npm run standalone starts it');
  const { http, https } = await keptPorts(at);
  const admin = await asAdmin(`http://127.0.0.1:${http}`, at);
  return kind === 'token' ? joinLine(await invite(admin), https) : readToken(admin);
}

try {
  process.exit(await perform(process.argv.slice(2)));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
