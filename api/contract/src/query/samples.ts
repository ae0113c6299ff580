import * as z from 'zod';
import { limits } from '../limits.ts';
import { metricByName } from '../metrics.ts';

const millis = z.coerce.number().int().min(0).max(8_640_000_000_000_000);

const storedMetricNames = z
  .string()
  .max(2048)
  .transform((list, context): string[] => {
    const names = [...new Set(list.split(',').map((name) => name.trim()))];
    const unknown = names.filter((name) => metricByName(name) === undefined);
    if (unknown.length > 0) context.addIssue({ code: 'custom', message: `unknown metric: ${unknown.join(', ')}` });
    return names;
  });

/** `GET /api/v1/samples`: what was sampled in [from, to], as it was scraped. Without from and to: the last 10 minutes. */
export const samplesQuerySchema = z
  .strictObject({
    container: z.string().max(1024).optional(),
    node: z.string().max(512).optional(),
    metrics: storedMetricNames.default(['cpuUsageMicros', 'workingSetBytes']),
    from: millis.optional(),
    to: millis.optional(),
  })
  .refine((query) => (query.container === undefined) !== (query.node === undefined), {
    message: 'name exactly one of container, node',
    path: ['container'],
  });

export const samplesAnswerSchema = z
  .object({
    fromMs: z.int(),
    toMs: z.int(),
    /** One entry per metric and incarnation that has samples in the range. */
    series: z.array(
      z.object({
        metric: z.string(),
        kind: z.enum(['counter', 'gauge']),
        unit: z.string(),
        runtimeId: z.string(),
        startedAtMs: z.int(),
        /** Sample times, unix ms, ascending, and the value of each. */
        timestamps: z.array(z.number()).max(limits.samplesPerAnswer),
        values: z.array(z.number()).max(limits.samplesPerAnswer),
      }),
    ),
    /** Why the answer is not whole, else null. */
    partial: z.string().nullable(),
  })
  .meta({ id: 'Samples' });

export type SamplesQuery = z.infer<typeof samplesQuerySchema>;
export type SamplesAnswer = z.infer<typeof samplesAnswerSchema>;
