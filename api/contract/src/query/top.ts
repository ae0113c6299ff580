import * as z from 'zod';
import { limits } from '../limits.ts';
import { groupSchema } from './groups.ts';
import { groupKindSchema } from './grouping.ts';
import { hasNoSelector, hasOneSelector, millis, oneSelector, selectorShape } from './selector.ts';
import { axisAnswerShape } from './time-axis.ts';

/** What `GET /api/v1/top` ranks by, and the unit of its values. `growth` is the slope of the working set. */
export const topUnits = {
  cpu: 'cores',
  memory: 'bytes',
  growth: 'bytes/hour',
  throttled: 'ratio',
  network: 'bytes/s',
} as const;

export const topBySchema = z.enum(['cpu', 'memory', 'growth', 'throttled', 'network']);

/** Of a subject, by default of everything that may be seen. Without from and to: the last 15 minutes. */
export const topQuerySchema = z
  .strictObject({
    ...selectorShape,
    by: topBySchema.default('cpu'),
    of: groupKindSchema.exclude(['label']).default('container'),
    from: millis.optional(),
    to: millis.optional(),
    limit: z.coerce.number().int().min(1).max(limits.groupsPerAnswer).default(10),
  })
  .refine((query) => hasNoSelector(query) || hasOneSelector(query), oneSelector)
  .refine(({ container }) => container === undefined, { message: 'one container ranks first', path: ['container'] });

export const topAnswerSchema = z
  .object({
    fromMs: z.int(),
    toMs: z.int(),
    by: topBySchema,
    of: groupKindSchema,
    unit: z.string(),
    /** Largest first; those of which nothing is known are left out. */
    items: z.array(groupSchema.extend({ value: z.number() })),
    tier: axisAnswerShape.tier,
    coveredShare: axisAnswerShape.coveredShare,
    partial: axisAnswerShape.partial,
  })
  .meta({ id: 'Top' });

export type TopBy = z.infer<typeof topBySchema>;
export type TopQuery = z.infer<typeof topQuerySchema>;
export type TopAnswer = z.infer<typeof topAnswerSchema>;
