import { StandardSchemaValidationPipe } from '@nestjs/common';
import { Problem } from './problem.ts';

interface Issue {
  readonly message: string;
  /** Names that the schema does not know. */
  readonly keys?: readonly string[];
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}

/** Checks parameters and bodies against the schema that their route names; 422 names the first that does not fit. */
export function validationPipe(): StandardSchemaValidationPipe {
  return new StandardSchemaValidationPipe({ exceptionFactory: invalid });
}

function invalid(issues: readonly Issue[]): Problem {
  const message = issues.map((issue) => sentence(issue)).join('; ');
  const parameter = nameOf(issues[0]);
  return new Problem(422, 'invalid_query', message, parameter === '' ? {} : { parameter });
}

function sentence(issue: Issue): string {
  const name = nameOf(issue);
  return name === '' ? issue.message : `${name}: ${issue.message}`;
}

function nameOf(issue: Issue | undefined): string {
  if (issue?.keys !== undefined) return issue.keys.join(', ');
  return (issue?.path ?? []).map((part) => String(typeof part === 'object' ? part.key : part)).join('.');
}
