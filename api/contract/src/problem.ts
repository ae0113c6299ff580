import * as z from 'zod';

/** The body of every answer that is not 2xx. The message says what happened, to what, and what to do. */
export const errorAnswerSchema = z
  .object({
    statusCode: z.int(),
    /** Stable, for programs: unauthenticated, forbidden, invalid_query, malformed_block, unsupported_version, ... */
    code: z.string(),
    message: z.string(),
    /** The query parameter or body field at fault. */
    parameter: z.string().optional(),
    /** Byte offset or path where a block stopped making sense. */
    place: z.string().optional(),
    requestId: z.string().optional(),
  })
  .meta({ id: 'Error' });
export type ErrorAnswer = z.infer<typeof errorAnswerSchema>;
