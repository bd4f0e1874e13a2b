/** Acts one after the other, in the order in which they were asked for: a key pressed while the one before is written waits. */

export type ActQueue = ReturnType<typeof createActQueue>;

/** Starts empty. */
export function createActQueue() {
  let last: Promise<unknown> = Promise.resolve();
  return {
    /** Does an act after those before it, whether they succeeded or not. Its outcome, failure too, is the caller's. */
    add<Outcome>(act: () => Promise<Outcome>): Promise<Outcome> {
      const done = last.then(act);
      last = done.then(
        () => undefined,
        () => undefined,
      );
      return done;
    },
  };
}
