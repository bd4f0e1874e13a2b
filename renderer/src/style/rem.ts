/** How large a rem is: what the tokens hang on, for the few places that reckon with lengths themselves. */
import { useSyncExternalStore } from 'react';

/** A rem at the interface's normal size, in CSS px. */
const NORMAL = 16;

const listeners = new Set<() => void>();
let scale: number | null = null;

/** The interface has another size now. */
export function tellRem(): void {
  scale = null;
  for (const listener of listeners) listener();
}

/** By how much a rem is larger than 16 px: by the size of the interface, and the browser's own size of type. */
export function useRemScale(): number {
  return useSyncExternalStore(listen, readScale);
}

function readScale(): number {
  scale ??= Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / NORMAL;
  return scale;
}

function listen(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}
