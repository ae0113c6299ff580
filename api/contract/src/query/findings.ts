import * as z from 'zod';
import { workloadSchema } from '../description.ts';
import { limits } from '../limits.ts';

const millis = z.int().min(0);

/** What can be found, the most urgent first. */
export const findingKindSchema = z.enum([
  'node-silent',
  'crash-loop',
  'node-memory',
  'node-pressure',
  'leak',
  'oom-killed',
  'throttled',
  'request',
]);

/** `critical`: somebody is hurt now. `warning`: somebody will be. `notice`: something is wasted or unsafe. */
export const urgencySchema = z.enum(['critical', 'warning', 'notice']);

/** How sure a finding is: `certain` follows from what was observed, `likely` and `possible` from a trend. */
export const confidenceSchema = z.enum(['possible', 'likely', 'certain']);

/** `GET /api/v1/findings`: of everything that may be seen, or of one thing. */
export const findingsQuerySchema = z.strictObject({
  /** Id or name: what is found of the node itself and of what runs on it. */
  node: z.string().max(512).optional(),
  namespace: z.string().max(253).optional(),
  /** namespace/kind/name. */
  workload: z.string().max(1024).optional(),
  container: z.string().max(1024).optional(),
  kind: findingKindSchema.optional(),
  limit: z.coerce.number().int().min(1).max(limits.pageRows).default(50),
});

/** Who it is about: a container, or a node, for which all but the node is null. */
export const findingSubjectSchema = z
  .object({
    kind: z.enum(['container', 'node']),
    /** For paths: of the container, or of the node. */
    id: z.string(),
    nodeId: z.string(),
    node: z.string(),
    namespace: z.string().nullable(),
    workload: workloadSchema.nullable(),
    pod: z.string().nullable(),
    name: z.string(),
  })
  .meta({ id: 'FindingSubject' });

export const findingSchema = z
  .object({
    /** The same as long as the finding lasts. */
    id: z.string(),
    kind: findingKindSchema,
    urgency: urgencySchema,
    confidence: confidenceSchema,
    subject: findingSubjectSchema,
    /** Fact, rate and consequence in words that follow the subject's name. */
    sentence: z.string(),
    /** The numbers behind the sentence. */
    evidence: z.array(z.object({ name: z.string(), value: z.number(), unit: z.string() })),
    /** Since when it holds, as far as it was watched. */
    sinceMs: millis.nullable(),
    /** Where to look: the chart, and the range in which it shows. */
    chart: z.enum(['cpu', 'memory']),
    fromMs: millis,
    toMs: millis,
    /** Other containers of the same workload of which the same was found; this is the worst. */
    alike: z.int().min(0),
  })
  .meta({ id: 'Finding' });

export const findingsAnswerSchema = z
  .object({
    /** Most urgent first, at most `limit`. */
    items: z.array(findingSchema),
    total: z.int().min(0),
    byUrgency: z.record(urgencySchema, z.int().min(0)),
    /** What was looked at: nodes that report and their containers. Of silent nodes nothing is known. */
    looked: z.object({ nodes: z.int().min(0), containers: z.int().min(0), unknownContainers: z.int().min(0) }),
    /** When the node that was looked at longest ago was; null before every node was. */
    asOfMs: millis.nullable(),
  })
  .meta({ id: 'Findings' });

export type FindingKind = z.infer<typeof findingKindSchema>;
export type Urgency = z.infer<typeof urgencySchema>;
export type Confidence = z.infer<typeof confidenceSchema>;
export type FindingSubject = z.infer<typeof findingSubjectSchema>;
export type Finding = z.infer<typeof findingSchema>;
export type FindingsQuery = z.infer<typeof findingsQuerySchema>;
export type FindingsAnswer = z.infer<typeof findingsAnswerSchema>;
