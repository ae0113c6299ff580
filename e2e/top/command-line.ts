import { parseArgs } from 'node:util';

export const sorts = ['cpu', 'memory', 'name'] as const;
export type Sort = (typeof sorts)[number];

/** What the user wants to see. */
export interface Asked {
  readonly sort: Sort;
  /** A node's name or id; undefined: all. */
  readonly node: string | undefined;
  readonly intervalSeconds: number;
  readonly isOnce: boolean;
  readonly isJson: boolean;
}

export type Command = { readonly name: 'help' } | { readonly name: 'top'; readonly asked: Asked };

export const intervalSeconds = { least: 2, most: 10, byDefault: 5 } as const;

export const help = `docksnap top: what each running container uses now, on every machine, as docker stats shows it of one.

  npm run top -- [--sort cpu|memory|name] [--node NODE] [--interval SECONDS] [--once] [--json]

  --sort BY            cpu (default), memory or name; the largest first
  --node NODE          containers of this node alone, by its name or id
  --interval SECONDS   from ${intervalSeconds.least} to ${intervalSeconds.most}; ${intervalSeconds.byDefault} unless told
  --once               print one table and end
  --json               a line of JSON each time in place of the table
  --help               this text

  DOCKSNAP_URL          the API's address, such as https://docksnap.example.com; http:// to this machine alone
  DOCKSNAP_TOKEN_FILE   a file with a read token (docs/exports.md, "A token for scripts"); or
  DOCKSNAP_TOKEN        the token itself
  NODE_EXTRA_CA_CERTS   a PEM file of the authority of the API's certificate, where it is no public one

CPU % and MEM % are shares of the container's limit, else of its machine. CPU and memory are the latest values; network (of
the whole pod) and disk are rates of the last minute, of the 100 containers and pods that do most; what is not known is –.

  export DOCKSNAP_URL=http://127.0.0.1:8080 DOCKSNAP_TOKEN_FILE=read-token
  npm run top
  npm run top -- --sort memory --node node-1
  npm run --silent top -- --once --json`;

const options = {
  sort: { type: 'string', default: 'cpu' },
  node: { type: 'string' },
  interval: { type: 'string' },
  once: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

/** Reads the arguments. @throws TypeError naming what is wrong and what is allowed */
export function parseCommand(args: readonly string[]): Command {
  const { values } = parseArgs({ args, options });
  if (values.help) return { name: 'help' };
  const sort = sorts.find((one) => one === values.sort);
  if (sort === undefined) throw new TypeError(`--sort is "${values.sort}"; allowed are ${sorts.join(', ')}`);
  if (values.node === '') throw new TypeError('--node is empty; allowed is the name or id of a node');
  return {
    name: 'top',
    asked: {
      sort,
      node: values.node,
      intervalSeconds: secondsOf(values.interval),
      isOnce: values.once,
      isJson: values.json,
    },
  };
}

function secondsOf(text: string | undefined): number {
  const { least, most, byDefault } = intervalSeconds;
  if (text === undefined) return byDefault;
  const seconds = /^\d{1,2}$/.test(text) ? Number(text) : 0;
  if (seconds >= least && seconds <= most) return seconds;
  throw new TypeError(`--interval is "${text}"; allowed are whole seconds from ${least} to ${most}`);
}
