import * as z from 'zod';
import { limits } from './limits.ts';
import { millis } from './query/selector.ts';

const bytes = z.int().min(0);
const text = (most: number) => z.string().max(most);

/** A process as `ps` saw it; null is what it did not tell. */
const processSchema = z.object({
  pid: z.int().min(1),
  parentPid: z.int().min(0),
  user: text(limits.processUserLength),
  /** The program's name; secrets in arguments are masked by the agent where a source gives arguments. */
  command: text(limits.processCommandLength),
  /** CPU time over the time since it began, in cores: 1 is one core all its life. */
  cpuCores: z.number().min(0).nullable(),
  /** CPU time since it began. */
  cpuSeconds: z.int().min(0).nullable(),
  rssBytes: bytes.nullable(),
  virtualBytes: bytes.nullable(),
  /** As ps prints it, in the machine's time zone: `03:13` for today, else `Nov24`. */
  started: text(limits.processWordLength),
  /** ps's letters: S sleeps, R runs, D waits for a disk, Z has ended and nobody asked for its exit code, T is stopped. */
  status: text(limits.processWordLength),
});

export const agentProcessSchema = processSchema.extend({
  /** Key of the container it runs in; null: in none that the agent knows. */
  container: z.string().min(1).max(limits.keyBytes).nullable(),
});

const dropped = z.int().min(0);

/**
 * The body of `POST /api/v1/processes`: what runs on the node of the token now. It is of the minute in which it
 * arrives. An API that does not know the route answers 404, and the agent lets the list go.
 */
export const processListSchema = z
  .object({
    processes: z.array(agentProcessSchema).max(limits.processesPerList),
    /** Processes that are not in the list, since there were too many or their rows made no sense. */
    dropped,
  })
  .meta({ id: 'ProcessList' });

export type AgentProcess = z.infer<typeof agentProcessSchema>;
export type ProcessList = z.infer<typeof processListSchema>;

/** `?at=`: the list of that minute, or of one of the few before it; without it the newest. */
export const processesQuerySchema = z.strictObject({ at: millis.optional() });

export const processesAnswerSchema = z
  .object({
    /** The minute that the list is of, unix ms of its beginning. */
    minuteMs: z.int().min(0),
    processes: z.array(
      processSchema.extend({
        /** The container it runs in, for paths; null: it is in none that is known. */
        containerId: z.string().nullable(),
      }),
    ),
    /** How many processes of the node are missing in its list of that minute. */
    dropped,
  })
  .meta({ id: 'Processes' });

export type ProcessesQuery = z.infer<typeof processesQuerySchema>;
export type ProcessesAnswer = z.infer<typeof processesAnswerSchema>;
