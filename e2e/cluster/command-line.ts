import { parseArgs } from 'node:util';

/** What the user asks of the cluster. */
export type Command =
  | { readonly name: 'help'; readonly of: 'start' | 'stop' | 'status' | undefined }
  | { readonly name: 'start'; readonly nodesOnly: boolean }
  | { readonly name: 'stop'; readonly wipe: boolean }
  | { readonly name: 'status' };

const HELP = {
  start: `npm start: a two-node Kubernetes on this machine, with DockSnap and demonstration workloads in it.
  --nodes-only   the bare cluster, without images, DockSnap and workloads
  --help         this text
What is built is kept in ~/.cache/docksnap; the cluster's state in ~/.local/state/docksnap (XDG_CACHE_HOME and
XDG_STATE_HOME move them). DOCKSNAP_CLUSTER=name starts another cluster beside the first.`,
  stop: `npm stop: ends the cluster; its processes, mounts, interfaces and cgroups are gone.
  --wipe   removes its state as well: the next start begins a new cluster
  --help   this text`,
  status: `npm run status: what of the cluster runs, and where to look.
  --help   this text`,
} as const;

/** Reads the arguments. @throws {TypeError} naming an unknown option, or one that the command has not. */
export function parseCommand(args: readonly string[]): Command {
  const [name = '', ...rest] = args;
  const options = { help: { type: 'boolean', default: false } } as const;
  switch (name) {
    case 'start': {
      const { values } = parseArgs({
        args: rest,
        options: { ...options, 'nodes-only': { type: 'boolean', default: false } },
      });
      return values.help ? { name: 'help', of: name } : { name, nodesOnly: values['nodes-only'] };
    }
    case 'stop': {
      const { values } = parseArgs({ args: rest, options: { ...options, wipe: { type: 'boolean', default: false } } });
      return values.help ? { name: 'help', of: name } : { name, wipe: values.wipe };
    }
    case 'status': {
      const { values } = parseArgs({ args: rest, options });
      return values.help ? { name: 'help', of: name } : { name };
    }
    default:
      return { name: 'help', of: undefined };
  }
}

/** The help of one command, or of all. */
export function helpText(of: keyof typeof HELP | undefined): string {
  return of === undefined ? Object.values(HELP).join('\n\n') : HELP[of];
}
