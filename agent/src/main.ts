import { once } from 'node:events';
import { createAgent } from './agent.ts';
import { help, parseCommand } from './cli/command-line.ts';
import { joinCommand } from './cli/join-command.ts';
import { machineEnvironment } from './cli/machine-environment.ts';
import { type Config, parseConfig } from './config.ts';
import { ConfigError } from './config-env.ts';
import { systemClock } from './epoch/clock.ts';
import { stackOf } from './errors.ts';
import { JoinError } from './join/api-request.ts';
import { createLog } from './log.ts';
import { version } from './version.ts';

/** Less than the pod's grace: what is spooled by then is sent by the next agent. */
const stopMs = 9500;

const write = (line: string): void => {
  process.stdout.write(line);
};

async function main(): Promise<void> {
  const command = parseCommand(process.argv.slice(2));
  switch (command.name) {
    case 'help':
      write(`${help}\n`);
      return;
    case 'version':
      write(`${version}\n`);
      return;
    case 'join':
      write(`${await joinCommand(command, process.env)}\n`);
      return;
    case 'run':
      await run(parseConfig(await machineEnvironment(command.state, process.env)));
  }
}

async function run(config: Config): Promise<void> {
  const log = createLog(config.logLevel, write, () => systemClock.wallMs());
  const agent = createAgent(config, systemClock, log);
  const signal = Promise.race([once(process, 'SIGTERM'), once(process, 'SIGINT')]);
  await agent.start();
  log.info('agent started', { version, node: config.nodeName, intervalMs: config.intervalMs });
  await signal;
  log.info('agent stops');
  setTimeout(() => {
    log.warn('the last push takes too long; the next agent sends what is spooled');
    process.exit(0);
  }, stopMs).unref();
  await agent.stop();
}

main().catch((error: unknown) => {
  const isExpected = error instanceof ConfigError || error instanceof JoinError;
  const message = isExpected ? error.message : stackOf(error);
  // Who types a command reads a sentence, who keeps logs a line of JSON.
  if (process.argv[2] === 'join') process.stderr.write(`docksnap-agent: ${message}\n`);
  else createLog('error', write, Date.now).error(message);
  process.exitCode = 1;
});
