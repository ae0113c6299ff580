import { parseArgs } from 'node:util';
import { ConfigError, urlOf } from '../config-env.ts';

/** What the agent is asked to do. */
export type Command =
  | { readonly name: 'help' }
  | { readonly name: 'version' }
  | { readonly name: 'run'; readonly state: string | undefined }
  | {
      readonly name: 'join';
      readonly url: URL;
      /** `-`: the first line of standard input. */
      readonly token: string;
      readonly caCertHash: string | undefined;
      readonly machineName: string | undefined;
      readonly state: string | undefined;
    };

export const help = `docksnap-agent: sends what a machine's containers use to a DockSnap API.

  docksnap-agent join URL --token TOKEN [--ca-cert-hash HASH] [--name NAME] [--state DIR]
      Makes this machine known to the API at URL. The console's page "Add a machine" shows this line, whole.
      --token TOKEN         good once, for an hour at most; "-" reads it from standard input
      --ca-cert-hash HASH   sha256:… of the API's own authority; leave it out where a public one signed
      --name NAME           the name to ask for; the machine's host name by default
  docksnap-agent run [--state DIR]
      Runs the agent. Without an identity in DIR it is set by its environment alone, as in Kubernetes.
  docksnap-agent --version | --help

  --state DIR   where the identity and what is not sent yet are kept (default: DOCKSNAP_MACHINE_DIR, else
                /var/lib/docksnap-agent)

Samples come from cAdvisor at DOCKSNAP_CADVISOR_URL (http://127.0.0.1:8080), and names, images and labels from Docker at
DOCKSNAP_DOCKER_SOCKET (/var/run/docker.sock where it is there). Every setting: docs/docker-machines.md.

  docksnap-agent join https://docksnap.example.com --token dsj_… --ca-cert-hash sha256:…
  docksnap-agent run
  read -rs TOKEN && echo "$TOKEN" | docksnap-agent join https://192.0.2.7:8443 --token - --state ~/docksnap`;

const options = {
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
  state: { type: 'string' },
  token: { type: 'string' },
  'ca-cert-hash': { type: 'string' },
  name: { type: 'string' },
} as const;

/** Reads the arguments; none: run. @throws ConfigError naming what is wrong and what is allowed */
export function parseCommand(args: readonly string[]): Command {
  const { values, positionals } = parsed(args);
  const [name = 'run', ...rest] = positionals;
  if (values.help === true) return { name: 'help' };
  if (values.version === true) return { name: 'version' };
  if (name === 'run' && rest.length === 0) return { name, state: values.state };
  if (name !== 'join')
    throw new ConfigError(`"${positionals.join(' ')}" is no command; allowed are join and run (see --help)`);
  const [url, ...more] = rest;
  if (url === undefined || more.length > 0)
    throw new ConfigError('join takes one address, such as https://192.0.2.7:8443');
  if (values.token === undefined)
    throw new ConfigError('join needs --token, which the console’s page "Add a machine" makes');
  return {
    name,
    url: urlOf('URL', url),
    token: values.token,
    caCertHash: hashOf(values['ca-cert-hash']),
    machineName: values.name,
    state: values.state,
  };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    throw new ConfigError(`${error instanceof Error ? error.message : String(error)} (see --help)`);
  }
}

function hashOf(text: string | undefined): string | undefined {
  if (text === undefined || /^sha256:[0-9a-f]{64}$/.test(text)) return text;
  throw new ConfigError(`--ca-cert-hash is "${text}"; allowed is sha256: and 64 hex digits`);
}
