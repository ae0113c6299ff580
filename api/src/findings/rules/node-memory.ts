import { evidence, type Judgement } from '../judgement.ts';
import { bytesWords, shareWords } from '../words.ts';

/** Of a node's memory so much must be used; and so much for it to hurt now: the kernel kills soon. */
const near = 0.9;
const full = 0.97;
const lookBackMs = 3_600_000;

export interface NodeMemoryUse {
  readonly nowMs: number;
  readonly workingSetBytes: number | null;
  readonly memoryBytes: number | null;
}

/** A node near its memory; undefined where it is not, or nothing is known. */
export function nodeMemoryOf({ nowMs, workingSetBytes, memoryBytes }: NodeMemoryUse): Judgement | undefined {
  if (workingSetBytes === null || memoryBytes === null || workingSetBytes < near * memoryBytes) return undefined;
  const share = workingSetBytes / memoryBytes;
  return {
    kind: 'node-memory',
    urgency: share >= full ? 'critical' : 'warning',
    confidence: 'certain',
    weight: share,
    sentence: `uses ${shareWords(share)} of its memory, ${bytesWords(workingSetBytes)} of ${bytesWords(memoryBytes)}: pods are evicted or killed when it runs out.`,
    evidence: [evidence('working set', workingSetBytes, 'bytes'), evidence('memory', memoryBytes, 'bytes')],
    sinceMs: null,
    chart: 'memory',
    fromMs: Math.max(0, nowMs - lookBackMs),
    toMs: nowMs,
  };
}
