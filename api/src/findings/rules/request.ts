import { type ContainerFacts, evidence, type Judgement } from '../judgement.ts';
import { bytesWords, coresWords, durationWords } from '../words.ts';

const hourMs = 3_600_000;
/** Nothing is said of a request before it was watched for so long. */
const soonestMs = 2 * hourMs;
/** Far from use: more than so many times the most that was used; and worth a word. */
const far = 4;
const muchCores = 0.5;
const muchBytes = 512 * 1024 * 1024;
/** So much memory weighs as much as a core, as machines are sold. */
const bytesLikeACore = 2 ** 32;
/** Use above so many times the request: a node that runs short evicts such a pod first. */
const above = 2;

/** Whether a request may be far from use: only then is the past worth a look. */
export function mayBeFar({ description: { requests }, memory, cpu }: Omit<ContainerFacts, 'past'>): boolean {
  const cores = Math.max(0, ...cpu.map((minute) => minute.cores).filter((used) => !Number.isNaN(used)));
  const bytes = memory.at(-1)?.value ?? NaN;
  const { cpuCores = 0, memoryBytes = 0 } = requests;
  const isLarge = cpuCores >= far * cores + muchCores || memoryBytes >= far * bytes + muchBytes;
  return isLarge || (memoryBytes > 0 && bytes > above * memoryBytes && bytes - memoryBytes >= muchBytes);
}

/** A request that is far from what was used over hours. Undefined where it is not, or was not watched for long. */
export function requestOf({ nowMs, description: { requests }, past }: ContainerFacts): Judgement | undefined {
  const fromMs = past?.memory[0]?.timeMs;
  if (past === undefined || fromMs === undefined || nowMs - fromMs < soonestMs) return undefined;
  const over = durationWords(nowMs - fromMs);
  const found =
    ofCpu(requests.cpuCores ?? 0, maxOf(past.cpu.map(({ cores }) => cores)), over) ??
    ofMemory(requests.memoryBytes ?? 0, maxOf(past.memory.map(({ value }) => value)), over);
  if (found === undefined) return undefined;
  return { kind: 'request', urgency: 'notice', confidence: 'likely', sinceMs: null, fromMs, toMs: nowMs, ...found };
}

type Found = Pick<Judgement, 'weight' | 'sentence' | 'evidence' | 'chart'>;

function ofCpu(request: number, used: number, over: string): Found | undefined {
  if (!(request - far * used >= muchCores)) return undefined;
  return {
    weight: request - used,
    sentence: `requests ${coresWords(request)} and used ${coresWords(used)} at most in ${over}: others cannot have the rest.`,
    evidence: [evidence('request', request, 'cores'), evidence('most used', used, 'cores')],
    chart: 'cpu',
  };
}

function ofMemory(request: number, used: number, over: string): Found | undefined {
  const found: Omit<Found, 'sentence'> = {
    weight: Math.abs(request - used) / bytesLikeACore,
    evidence: [evidence('request', request, 'bytes'), evidence('most used', used, 'bytes')],
    chart: 'memory',
  };
  if (request - far * used >= muchBytes) {
    const sentence = `requests ${bytesWords(request)} and used ${bytesWords(used)} at most in ${over}: others cannot have the rest.`;
    return { ...found, sentence };
  }
  if (request > 0 && used > above * request && used - request >= muchBytes) {
    const sentence = `used ${bytesWords(used)} and requests only ${bytesWords(request)}: a node short of memory evicts it early.`;
    return { ...found, sentence };
  }
  return undefined;
}

/** NaN of none: nothing follows from it. */
function maxOf(values: readonly number[]): number {
  const known = values.filter((value) => !Number.isNaN(value));
  return known.length === 0 ? NaN : Math.max(...known);
}
