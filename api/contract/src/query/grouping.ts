import * as z from 'zod';
import { hasOneSelector, oneSelector, selectorShape } from './selector.ts';
import { statisticSchema, timeAxisShape } from './time-axis.ts';

/** What the members of a subject are put together by. */
export const groupKindSchema = z.enum(['container', 'pod', 'workload', 'namespace', 'node', 'label']);

/** What every question about the groups of a subject has. */
export const groupingShape = {
  ...selectorShape,
  ...timeAxisShape,
  statistic: statisticSchema.default('mean'),
  by: groupKindSchema.default('container'),
  /** The label whose values make the groups, with by=label. */
  label: z.string().min(1).max(512).optional(),
};

/** A schema with what every question about groups must keep to. */
export function grouping<Schema extends z.ZodType<Asked>>(schema: Schema) {
  return schema
    .refine(hasOneSelector, oneSelector)
    .refine(({ container }) => container === undefined, {
      message: 'one container has no groups; ask for its pod',
      path: ['container'],
    })
    .refine(({ by, label }) => (by === 'label') === (label !== undefined), {
      message: 'by=label needs label, the name of a label, and nothing else takes one',
      path: ['label'],
    });
}

type Asked = z.infer<z.ZodObject<typeof groupingShape>>;

export type GroupKindName = z.infer<typeof groupKindSchema>;
