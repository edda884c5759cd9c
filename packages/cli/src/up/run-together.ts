/** A piece of work that stops when its signal aborts. */
export type Work<Result> = (signal: AbortSignal) => Promise<Result>;

/**
 * Runs works side by side. When one fails the others are told by their signal; the first failure is thrown when all have
 * come to an end, so that nothing goes on behind the back of the one who cleans up.
 */
export async function runTogether<Result>(
  works: readonly Work<Result>[],
  outer: AbortSignal,
): Promise<readonly Result[]> {
  const failure = new AbortController();
  const signal = AbortSignal.any([outer, failure.signal]);
  const settled = await Promise.allSettled(
    works.map(async (work) => {
      try {
        return await work(signal);
      } catch (error) {
        failure.abort(error);
        throw error;
      }
    }),
  );
  const failed = settled.some(({ status }) => status === 'rejected');
  if (failed) throw failure.signal.reason;
  return settled.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
}
