import { once } from 'node:events';
import { createAgent } from './agent.ts';
import { parseConfig } from './config.ts';
import { ConfigError } from './config-env.ts';
import { systemClock } from './epoch/clock.ts';
import { stackOf } from './errors.ts';
import { createLog } from './log.ts';
import { version } from './version.ts';

/** Less than the pod's grace: what is spooled by then is sent by the next agent. */
const stopMs = 9500;

const write = (line: string): void => {
  process.stdout.write(line);
};

async function main(): Promise<void> {
  const config = parseConfig(process.env);
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
  const message = error instanceof ConfigError ? error.message : stackOf(error);
  createLog('error', write, Date.now).error(message);
  process.exitCode = 1;
});
