import { useSyncExternalStore } from 'react';

/** Device pixels for a CSS px; changes when the window goes to another screen, or is zoomed. */
export function usePixelRatio(): number {
  return useSyncExternalStore(onChange, () => window.devicePixelRatio);
}

function onChange(listener: () => void): () => void {
  window.addEventListener('resize', listener, { passive: true });
  return () => window.removeEventListener('resize', listener);
}
