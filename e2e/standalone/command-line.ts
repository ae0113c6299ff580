import { parseArgs } from 'node:util';

/** What the user asks of the stand-alone DockSnap. */
export type Command =
  | { readonly name: 'help' | 'status' | 'token' | 'read-token' }
  | { readonly name: 'start'; readonly port: number | undefined }
  | { readonly name: 'stop'; readonly wipe: boolean };

export const help = `npm run standalone: DockSnap on this machine without Kubernetes: API, trial database, console, cAdvisor and one agent.

  npm run standalone [-- start] [--port N]   starts it, and says where the console is and how to log in
  npm run standalone -- status               whether it runs, and where
  npm run standalone -- stop [--wipe]        ends it; --wipe removes its data and identity as well
  npm run standalone -- token                the line by which one more machine joins; good once, for an hour
  npm run standalone -- read-token           a token with which npm run top and scripts read, for 30 days
  npm run standalone -- --help               this text

--port N is the console's port on 127.0.0.1; without it a free one is taken and kept. State is in
~/.local/state/docksnap (XDG_STATE_HOME moves it), programs in ~/.cache/docksnap. DOCKSNAP_DOCKER_SOCKET names the socket of
a Docker engine that is not at /var/run/docker.sock. It was tried as root alone.`;

/** Reads the arguments. @throws TypeError naming what is wrong */
export function parseCommand(args: readonly string[]): Command {
  const { values, positionals } = parseArgs({
    args,
    options: {
      help: { type: 'boolean', short: 'h', default: false },
      wipe: { type: 'boolean', default: false },
      port: { type: 'string' },
    },
    allowPositionals: true,
  });
  const [name = 'start', ...rest] = positionals;
  if (values.help) return { name: 'help' };
  if (rest.length > 0) throw new TypeError(`"${rest.join(' ')}" is too much; see npm run standalone -- --help`);
  switch (name) {
    case 'start':
      return { name, port: portOf(values.port) };
    case 'status':
    case 'token':
    case 'read-token':
      return { name };
    case 'stop':
      return { name, wipe: values.wipe };
    default:
      throw new TypeError(`"${name}" is no command; allowed are start, status, stop, token and read-token`);
  }
}

function portOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (port >= 1 && port <= 65_535) return port;
  throw new TypeError(`--port is "${text}"; allowed is a port from 1 to 65535`);
}
