import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import * as z from 'zod';
import { parseCommand } from '../../agent/src/cli/command-line.ts';
import { stateOf } from '../../agent/src/cli/machine-environment.ts';
import { parseConfig } from '../../agent/src/config.ts';
import { CHECKOUT } from '../cluster/paths.ts';

const read = (path: string): string => readFileSync(join(CHECKOUT, path), 'utf8');
const serviceSchema = z.object({
  image: z.string(),
  command: z.array(z.string()),
  environment: z.record(z.string(), z.string()).default({}),
  volumes: z.array(z.string()),
  network_mode: z.string().optional(),
});
const composeSchema = z.object({
  services: z.object({ cadvisor: serviceSchema, agent: serviceSchema }),
  volumes: z.record(z.string(), z.null()),
});
const { services, volumes } = composeSchema.parse(parse(read('deploy/docker-machine/compose.yaml')));
const { agent, cadvisor } = services;

/** What the agent makes of an environment, and the variables that it looked at. */
function understood(env: Readonly<Record<string, string>>) {
  const asked = new Set<string>();
  const watched = new Proxy<Record<string, string>>(
    { ...env, DOCKSNAP_SOURCE: 'Machine', DOCKSNAP_NODE_NAME: 'web-7', DOCKSNAP_API_URL: 'https://192.0.2.7:8443' },
    {
      get: (target, name) => {
        asked.add(String(name));
        return Reflect.get(target, name) as unknown;
      },
    },
  );
  return { state: stateOf(undefined, watched), config: parseConfig(watched), asked };
}

describe('the Compose file', () => {
  it('sets nothing that the agent does not look at', () => {
    const { asked } = understood(agent.environment);
    expect(Object.keys(agent.environment).filter((name) => !asked.has(name))).toEqual([]);
  });

  it('leads the agent to cAdvisor, the engine and its state', () => {
    const { config, state } = understood(agent.environment);
    const port = cadvisor.command.find((flag) => flag.startsWith('-port='))?.slice('-port='.length);
    expect(config.cadvisorUrl.href).toBe(`http://127.0.0.1:${port ?? ''}/`);
    expect(cadvisor.command).toContain('-listen_ip=127.0.0.1');
    expect(agent.network_mode).toBe('service:cadvisor');
    expect(agent.volumes).toContain(`${config.dockerSocket ?? ''}:${config.dockerSocket ?? ''}`);
    expect(agent.volumes).toContain(`${Object.keys(volumes)[0] ?? ''}:${state}`);
    expect(parseCommand(agent.command)).toEqual({ name: 'run', state: undefined });
  });

  it('asks for both images by name, and publishes no port', () => {
    expect([cadvisor.image, agent.image].map((image) => image.split(':')[0])).toEqual([
      '${DOCKSNAP_CADVISOR_IMAGE',
      '${DOCKSNAP_AGENT_IMAGE',
    ]);
    expect(read('deploy/docker-machine/compose.yaml')).not.toMatch(/^ *ports:/m);
  });
});

describe('the systemd unit', () => {
  const unit = read('deploy/docker-machine/docksnap-agent.service');

  it('runs the file that the agent’s build makes, with a command that it knows', () => {
    const [, file = '', words = ''] = /^ExecStart=.* \/opt\/docksnap\/(\S+) (.*)$/m.exec(unit) ?? [];
    const manifest = z.object({ scripts: z.object({ build: z.string() }) });
    const { scripts } = manifest.parse(JSON.parse(read('agent/package.json')));
    expect(scripts.build).toContain(`dist/${file}`);
    expect(parseCommand(words.split(' '))).toMatchObject({ name: 'run' });
  });

  it('gives it the folder that it keeps its state in', () => {
    const [, folder = ''] = /^StateDirectory=(.*)$/m.exec(unit) ?? [];
    const [, told] = /^ExecStart=.* --state (\S+)$/m.exec(unit) ?? [];
    expect(`/var/lib/${folder}`).toBe(stateOf(told, {}));
  });
});
