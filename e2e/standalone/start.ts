import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureCadvisor } from '../cluster/toolchain/cadvisor.ts';
import { isBuilt } from '../cluster/toolchain/build.ts';
import { recipes } from '../cluster/toolchain/recipes.ts';
import { ensureTrialDatabase } from '../cluster/toolchain/trial-database.ts';
import { runSteps, type Screen, type Step } from '../cluster/start/progress.ts';
import { buildWorkspace, isWorkspaceBuilt, workspaces } from '../images/workspaces.ts';
import { until } from '../system/support/until.ts';
import { dockerSocket } from './docker-socket.ts';
import { type Files, files, keptPorts, type Ports, running } from './state.ts';

const upMs = 120_000;

/** Builds what lacks, starts all of it in the background, and says where it is. @throws Error saying what failed */
export async function start(port: number | undefined, screen: Screen): Promise<void> {
  const at = files();
  if (running(at)?.isUp !== true) {
    await keptPorts(at, port);
    await runSteps([...builds(), { name: 'Starting', expectedSeconds: 15, run: () => supervise(at) }], screen);
  }
  screen.write(`${welcome(at, await keptPorts(at))}\n`);
}

/** Where it is and how to log in. */
export function welcome(at: Files, ports: Ports): string {
  const docker = dockerSocket(process.env);
  const lacks = [
    ...(docker.path === undefined ? [docker.lacks] : []),
    ...(process.getuid?.() === 0 ? [] : ['not root: cAdvisor may not read all that it does as root']),
  ];
  return `Console      http://127.0.0.1:${ports.http}
User         admin
Password     cat ${at.password}
Other machines join by its page "Add a machine", at port ${ports.https}.
${lacks.map((what) => `Missing      ${what}\n`).join('')}npm run standalone -- stop ends it.`;
}

function builds(): Step[] {
  const needed = workspaces.filter(({ name }) => name !== 'operator');
  return [
    ...(isBuilt(recipes.trialDatabase)
      ? []
      : [{ name: 'The trial database', expectedSeconds: 90, run: () => settled(ensureTrialDatabase()) }]),
    { name: 'cAdvisor', expectedSeconds: 10, run: () => settled(ensureCadvisor()) },
    ...needed
      .filter((workspace) => !isWorkspaceBuilt(workspace))
      .map((workspace) => ({
        name: `Building ${workspace.name}`,
        expectedSeconds: workspace.expectedSeconds,
        run: () => buildWorkspace(workspace),
      })),
  ];
}

async function settled(work: Promise<unknown>): Promise<void> {
  await work;
}

async function supervise(at: Files): Promise<void> {
  const log = openSync(at.log('supervisor'), 'a');
  const main = join(import.meta.dirname, 'supervisor-main.ts');
  const child = spawn(process.execPath, [main], { detached: true, stdio: ['ignore', log, log] });
  closeSync(log);
  child.unref();
  const found = await until('all programs up', upMs, async () => {
    const state = running(at);
    const isOurs = state?.supervisor.pid === child.pid;
    return Promise.resolve(isOurs && (state?.isUp === true || state?.failure !== undefined) ? state : undefined);
  });
  if (found.failure === undefined) return;
  const said = existsSync(at.log('api')) ? readFileSync(at.log('api'), 'utf8').slice(-1500) : '';
  throw new Error(`the stand-alone DockSnap did not start: ${found.failure}\n${said}`);
}
