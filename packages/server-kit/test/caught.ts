/**
 * What a promise is rejected with. Watches it from now on, so that it may be rejected while the test does other things.
 *
 * @throws Error when it is fulfilled.
 */
export async function caught(action: Promise<unknown>): Promise<unknown> {
  try {
    await action;
  } catch (error) {
    return error;
  }
  throw new Error('the action worked and should not have');
}
