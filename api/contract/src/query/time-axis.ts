import * as z from 'zod';
import { limits } from '../limits.ts';
import { millis } from './selector.ts';

/**
 * A step is (t - step, t] with t a multiple of step. Without from and to: the last 10 minutes. Without a step, one is
 * chosen: so that there are at most `points` of them (ask for 2 per pixel at most), and of a minute at least where
 * `points` is not given.
 */
export const timeAxisShape = {
  from: millis.optional(),
  to: millis.optional(),
  stepSeconds: z.coerce.number().int().min(1).max(limits.stepSeconds).optional(),
  points: z.coerce.number().int().min(1).max(limits.pointsPerSeries).optional(),
};

/**
 * What a step's value says of the time in it: `mean`; or the largest, smallest, or a percentile of the values in it,
 * each of which stands for `resolutionSeconds`.
 */
export const statisticSchema = z.enum(['mean', 'min', 'max', 'p50', 'p95', 'p99']);

/**
 * Where an answer was read: samples as they were scraped, or sums that were rolled up to one minute, five minutes or
 * one hour.
 */
export const tierSchema = z.enum(['raw', 'm1', 'm5', 'h1']);

/** What every answer over time says of itself. */
export const axisAnswerShape = {
  fromMs: z.int(),
  toMs: z.int(),
  stepSeconds: z.int(),
  /** The end of each step, unix ms. */
  timestamps: z.array(z.int()),
  statistic: statisticSchema,
  /** What one value within a step stands for: the step, or a part of it where the statistic needs parts. */
  resolutionSeconds: z.number(),
  tier: tierSchema,
  /** The share of the range up to now in which the nodes that were read were watched: 1 is all of it. */
  coveredShare: z.number(),
  /** Why the answer is not whole (the database is away, a node's part could not be read), else null. */
  partial: z.string().nullable(),
};

export type Statistic = z.infer<typeof statisticSchema>;
export type Tier = z.infer<typeof tierSchema>;
