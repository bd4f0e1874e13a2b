/** In a row it is started again so often. */
const MOST = 3;
/** A life of this length ends the row, in ms. */
const LONG_LIFE_MS = 60_000;

/** Decides whether what died is started again. */
export interface Restarts {
  /** It died after `lifeMs`; true: start it again. */
  died(lifeMs: number): boolean;
}

/** Allows three restarts in a row; a life of a minute begins a new row. */
export function createRestarts(): Restarts {
  let count = 0;
  return {
    died(lifeMs) {
      count = lifeMs >= LONG_LIFE_MS ? 1 : count + 1;
      return count <= MOST;
    },
  };
}
