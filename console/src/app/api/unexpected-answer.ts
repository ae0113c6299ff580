import type * as z from 'zod';

/** An answer that does not have the contract's form. */
export class UnexpectedAnswer extends Error {
  override readonly name = 'UnexpectedAnswer';
}

/** A parser for answers: the contract's schema, or UnexpectedAnswer with the place that differs. */
export function answerParser<T>(schema: z.ZodType<T>): (answer: unknown) => T {
  return (answer) => {
    const parsed = schema.safeParse(answer);
    if (parsed.success) return parsed.data;
    const issue = parsed.error.issues[0];
    const place = issue === undefined || issue.path.length === 0 ? 'its top' : issue.path.join('.');
    throw new UnexpectedAnswer(
      `The answer has another form than this page expects, at ${place}: ${issue?.message ?? 'unknown'}. ` +
        'Page and API are probably of different versions: load the page again.',
    );
  };
}
