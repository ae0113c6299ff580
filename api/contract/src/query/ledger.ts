import * as z from 'zod';

const millis = z.coerce.number().int().min(0).max(8_640_000_000_000_000);

/** `GET /api/v1/nodes/{id}/ledger`. Without from and to: the last hour. */
export const ledgerQuerySchema = z.strictObject({ from: millis.optional(), to: millis.optional() });

/**
 * What became of a node's ticks, counted in what is stored and not by a counter that a restart forgets.
 * Sequence numbers are dense: a missing one within the range is a tick that was collected and is not (yet) stored.
 */
export const ledgerAnswerSchema = z
  .object({
    fromMs: z.int(),
    toMs: z.int(),
    epochs: z.array(
      z.object({
        epoch: z.string(),
        firstSeq: z.int(),
        lastSeq: z.int(),
        stored: z.int().min(0),
        /** Sequence numbers between firstSeq and lastSeq that are not stored; at most 1,000 are listed. */
        missing: z.array(z.int()).max(1000),
        firstTickMs: z.int(),
        lastTickMs: z.int(),
      }),
    ),
    partial: z.string().nullable(),
  })
  .meta({ id: 'Ledger' });

export type LedgerQuery = z.infer<typeof ledgerQuerySchema>;
export type LedgerAnswer = z.infer<typeof ledgerAnswerSchema>;
