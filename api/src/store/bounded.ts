import { StoreUnavailableError } from './store.ts';

/** How long one call to the database may take, in ms. */
export const callMs = 3000;

const duplicateKey = 11_000;

/** Whether an insert failed because a document with that `_id` is there already. */
export function isDuplicateKey(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === duplicateKey;
}

/**
 * Awaits a call to the database for callMs at most. Rejects with StoreUnavailableError when it takes longer (its
 * outcome is then unknown) or fails; a duplicate key passes as it is.
 */
export async function bounded<T>(what: string, call: () => Promise<T>, limitMs = callMs): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new StoreUnavailableError(`the database did not ${what} within ${limitMs} ms; try again`));
    }, limitMs);
  });
  try {
    return await Promise.race([call(), late]);
  } catch (error) {
    if (isDuplicateKey(error) || error instanceof StoreUnavailableError) throw error;
    throw new StoreUnavailableError(`the database did not ${what}; try again`, { cause: error });
  } finally {
    clearTimeout(timer);
  }
}
