import { useEffect, useState } from 'react';

/** How long a cursor rests before the facts of its photo are asked for, in ms. */
const REST_MS = 120;

/** The value once it has stopped changing: a held arrow key asks nothing of the photos it passes. */
export function useRested<Value>(value: Value): Value {
  const [rested, setRested] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), REST_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return rested;
}

/**
 * The last value there was, so that a panel does not collapse between two answers. An answer that says the same at a
 * later moment stays the same object, so that nothing is drawn again.
 */
export function useStaying<Value>(value: Value | undefined): Value | undefined {
  const [last, setLast] = useState(value);
  if (value === undefined || value === last || isSame(value, last)) return last;
  setLast(value);
  return value;
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one, withoutMoment) === JSON.stringify(other, withoutMoment);
}

function withoutMoment(name: string, value: unknown): unknown {
  return name === 'asOf' ? undefined : value;
}
