import * as z from 'zod';
import { workloadSchema } from '../description.ts';
import { limits } from '../limits.ts';
import { grouping, groupingShape, groupKindSchema } from './grouping.ts';
import { metricNames } from './selector.ts';
import { axisAnswerShape } from './time-axis.ts';

/** `GET /api/v1/groups`: the series of a subject taken apart, largest first. */
export const groupsQuerySchema = grouping(
  z.strictObject({
    ...groupingShape,
    metrics: metricNames.default(['cpuCores']),
    /** How many groups stand by themselves: those that use most over the range; the others are one together. */
    top: z.coerce.number().int().min(1).max(limits.groupsPerAnswer).default(12),
  }),
);

/** Who a group is: what is equal for all in it; null where it is not. */
export const groupSchema = z
  .object({
    /** Tells it from others: the id of a container or node, else names joined by slashes. */
    key: z.string(),
    name: z.string(),
    namespace: z.string().nullable(),
    workload: workloadSchema.nullable(),
    pod: z.string().nullable(),
    node: z.string().nullable(),
    /**
     * How many make it up: containers; pods for network; nodes for a cluster by node; workloads where the answer was
     * read from sums, which know no containers.
     */
    members: z.int().min(0),
  })
  .meta({ id: 'Group' });

const values = z.array(z.number().nullable());

/** Rates and gauges add up in the mean: groups + others + unaccounted = total. Ratios and other statistics do not. */
export const groupsAnswerSchema = z
  .object({
    ...axisAnswerShape,
    by: groupKindSchema,
    metrics: z.record(
      z.string(),
      z.object({
        unit: z.string(),
        /** `share`: mean over the range, time in which it was not there included. */
        groups: z.array(groupSchema.extend({ share: z.number().nullable(), values })),
        /** Those that are not among the top, as one; null when there are none. */
        others: z.object({ groups: z.int(), members: z.int(), values }).nullable(),
        /** Of a node: what it used and none of its containers did; null for what does not add up. */
        unaccounted: values.nullable(),
        /** The subject as a whole. */
        total: values,
      }),
    ),
  })
  .meta({ id: 'Groups' });

export type GroupsQuery = z.infer<typeof groupsQuerySchema>;
export type GroupsAnswer = z.infer<typeof groupsAnswerSchema>;
export type SeriesGroup = z.infer<typeof groupSchema>;
