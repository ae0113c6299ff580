/** One step of a long procedure, as the user sees it. */
export interface Step {
  readonly name: string;
  /** What it took when measured on two cores; the user is shown it as an estimate. */
  readonly expectedSeconds: number;
  readonly run: () => Promise<void>;
}

/** Where progress is written; the terminal, unless a test looks. */
export interface Screen {
  readonly isTTY: boolean;
  write(text: string): void;
}

const TERMINAL_REFRESH_MS = 1_000;
/** Where lines cannot be rewritten, such as in a CI's log, one is added this often. */
const LOG_REFRESH_MS = 30_000;

/** Runs steps one after the other, showing how long each takes and may take. @throws what a step throws. */
export async function runSteps(steps: readonly Step[], screen: Screen): Promise<void> {
  const total = steps.reduce((sum, { expectedSeconds }) => sum + expectedSeconds, 0);
  screen.write(`${steps.length} steps, about ${duration(total)}\n`);
  const startedMs = performance.now();
  for (const [index, step] of steps.entries()) {
    await runStep(step, `[${String(index + 1).padStart(2)}/${steps.length}] ${step.name}`, screen);
  }
  screen.write(`Done in ${duration(secondsSince(startedMs))}.\n`);
}

async function runStep(step: Step, title: string, screen: Screen): Promise<void> {
  const startedMs = performance.now();
  const line = (): string =>
    `${title}: ${duration(secondsSince(startedMs))} of about ${duration(step.expectedSeconds)}`;
  screen.write(screen.isTTY ? line() : `${title} (about ${duration(step.expectedSeconds)})\n`);
  const refresh = setInterval(
    () => {
      screen.write(screen.isTTY ? `\r\u001b[K${line()}` : `${line()}\n`);
    },
    screen.isTTY ? TERMINAL_REFRESH_MS : LOG_REFRESH_MS,
  );
  try {
    await step.run();
    screen.write(`${screen.isTTY ? '\r\u001b[K' : ''}${title}: done in ${duration(secondsSince(startedMs))}\n`);
  } catch (error) {
    screen.write(`${screen.isTTY ? '\r\u001b[K' : ''}${title}: failed after ${duration(secondsSince(startedMs))}\n`);
    throw error;
  } finally {
    clearInterval(refresh);
  }
}

function secondsSince(startedMs: number): number {
  return (performance.now() - startedMs) / 1_000;
}

/** A time span for people: `4 s`, `2 min 5 s`. */
export function duration(seconds: number): string {
  const whole = Math.round(seconds);
  const [minutes, rest] = [Math.floor(whole / 60), whole % 60];
  if (minutes === 0) return `${rest} s`;
  return rest === 0 ? `${minutes} min` : `${minutes} min ${rest} s`;
}
