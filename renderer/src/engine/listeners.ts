/** A set of listeners. */
export function createListeners<Value>() {
  const listeners = new Set<(value: Value) => void>();
  return {
    /** Returns how to stop it. */
    add: (listener: (value: Value) => void): (() => void) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    tell: (value: Value): void => {
      for (const listener of listeners) listener(value);
    },
  };
}
