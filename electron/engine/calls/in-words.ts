import type { z } from 'zod';
import { OrderError } from './order-error.ts';

/**
 * What a call was given, parsed.
 *
 * @throws OrderError in the words of the schema, which people read
 */
export function parseInWords<S extends z.ZodType>(schema: S, argument: unknown): z.output<S> {
  const { success, data, error } = schema.safeParse(argument);
  if (success) return data;
  throw new OrderError(error.issues.map(({ message }) => message).join(' '));
}
