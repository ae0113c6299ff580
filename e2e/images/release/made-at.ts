import { CHECKOUT } from '../../cluster/paths.ts';
import { CommandError, run } from '../../cluster/process.ts';

/**
 * The time that released images bear, in seconds since 1970: SOURCE_DATE_EPOCH
 * (https://reproducible-builds.org/specs/source-date-epoch/), else that of the last commit.
 * @throws {CommandError} saying what to set where neither is known
 */
export async function madeAtSeconds(env: Readonly<Record<string, string | undefined>> = process.env): Promise<number> {
  const given = env['SOURCE_DATE_EPOCH'];
  if (given === undefined || given === '') return lastCommit();
  if (!/^\d{1,10}$/.test(given))
    throw new CommandError(`SOURCE_DATE_EPOCH=${given} is not allowed: whole seconds since 1970, such as 1767225600`);
  return Number(given);
}

async function lastCommit(): Promise<number> {
  try {
    return Number(await run('git', ['log', '-1', '--format=%ct'], { cwd: CHECKOUT }));
  } catch (error) {
    throw new CommandError(
      'The images bear the time of the last commit, and Git does not know it here: set SOURCE_DATE_EPOCH to seconds since 1970',
      { cause: error },
    );
  }
}
