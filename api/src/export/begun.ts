/**
 * The same pieces, of which the first one is made already: what fails until then rejects here and can be answered, and
 * not in the middle of an answer. `done` is called once, when all were taken, one failed, or the taker left.
 */
export async function begun<Piece>(pieces: AsyncGenerator<Piece>, done: () => void): Promise<AsyncIterable<Piece>> {
  try {
    const first = await pieces.next();
    return { [Symbol.asyncIterator]: () => after(first, pieces, done) };
  } catch (error) {
    done();
    throw error;
  }
}

/** Not a generator: one that was never begun would not end what it holds when its taker leaves. */
function after<Piece>(
  first: IteratorResult<Piece>,
  pieces: AsyncGenerator<Piece>,
  done: () => void,
): AsyncIterator<Piece> {
  let waiting: IteratorResult<Piece> | undefined = first;
  let isDone = false;
  const end = (): void => {
    if (!isDone) done();
    isDone = true;
  };
  return {
    async next() {
      const piece: IteratorResult<Piece> | undefined = waiting;
      waiting = undefined;
      try {
        const result = piece ?? (await pieces.next());
        if (result.done === true) end();
        return result;
      } catch (error) {
        end();
        throw error;
      }
    },
    async return() {
      end();
      return pieces.return(undefined);
    },
  };
}
