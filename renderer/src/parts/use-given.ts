import { useContext, type Context } from 'react';

/** What a part above gives to everything below it. Throws, with that part's name, where there is none above. */
export function useGiven<Value>(context: Context<Value | null>, giver: string): Value {
  const value = useContext(context);
  if (value === null) throw new Error(`There is no ${giver} above.`);
  return value;
}
