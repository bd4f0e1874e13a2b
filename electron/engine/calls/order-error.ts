/** An order that makes no sense; the message says what to change. */
export class OrderError extends Error {
  override readonly name = 'OrderError';
}
