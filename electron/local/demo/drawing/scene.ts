import type { Development } from './develop.ts';
import type { Negative } from './trace.ts';

/** One thing to photograph. `frame` counts a burst: 0, 1, 2 … differ as frames of one do. */
export interface Scene {
  readonly shoot: (width: number, height: number, samples: number, frame: number) => Negative;
  readonly development?: Development;
}
