/**
 * Calls, answers and events over anything that carries messages: a socket, a WebSocket, a MessagePort. One side serves
 * a set of calls, the other gets them as functions. Errors cross as data.
 */

/** A two-way line for plain data. */
export interface Port {
  post(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  onClose(listener: () => void): void;
}

/** Calls as they are offered across a line: each takes one argument, and answers later. */
export type Remote<Calls> = {
  readonly [Name in keyof Calls]: Calls[Name] extends (argument: infer Argument) => infer Value
    ? (argument: Argument) => Promise<Awaited<Value>>
    : never;
};

interface CallMessage {
  readonly id: number;
  readonly call: string;
  readonly argument: unknown;
}

type AnswerMessage =
  | { readonly id: number; readonly ok: true; readonly value: unknown }
  | { readonly id: number; readonly ok: false; readonly name: string; readonly message: string };

interface EventMessage {
  readonly event: unknown;
}

/** A call failed on the other side; `name` is the error's name there. */
export class RemoteCallError extends Error {
  override readonly name: string;
  constructor(name: string, message: string) {
    super(message);
    this.name = name;
  }
}

const CLOSED_WORDS = 'The engine that was asked has ended.';

/** The other side is gone. */
export class PortClosedError extends Error {
  override readonly name = 'PortClosedError';
  constructor() {
    super(CLOSED_WORDS);
  }
}

/** Whether an error that crossed a bridge with its words alone was a `PortClosedError`. */
export function saysPortClosed(error: unknown): boolean {
  return error instanceof Error && error.message.endsWith(CLOSED_WORDS);
}

/** What serves a line. */
export interface Serving {
  /** Tells the other side of something that happened. */
  tell(event: unknown): void;
}

/**
 * Answers calls that come over a port. Names that are no call of `calls` are refused; what is no call at all is passed
 * to `onMalformed` and gets no answer.
 */
export function serveCalls(
  port: Port,
  calls: object,
  onMalformed: (message: unknown) => void = () => undefined,
): Serving {
  port.onMessage((message) => {
    if (!isCall(message)) {
      onMalformed(message);
      return;
    }
    const { id, call, argument } = message;
    void perform(calls, call, argument).then(
      (value) => port.post({ id, ok: true, value } satisfies AnswerMessage),
      (error: unknown) => port.post(failed(id, error)),
    );
  });
  return { tell: (event) => port.post({ event } satisfies EventMessage) };
}

async function perform(calls: object, call: string, argument: unknown): Promise<unknown> {
  if (!Object.hasOwn(calls, call)) throw new Error(`There is no call "${call}".`);
  return (calls as Record<string, (argument: unknown) => unknown>)[call]?.(argument);
}

function isCall(message: unknown): message is CallMessage {
  if (typeof message !== 'object' || message === null) return false;
  const { id, call } = message as Partial<CallMessage>;
  return Number.isSafeInteger(id) && typeof call === 'string';
}

function failed(id: number, error: unknown): AnswerMessage {
  const { name, message } = error instanceof Error ? error : { name: 'Error', message: String(error) };
  return { id, ok: false, name, message };
}

/** The calls named `names` over a port; `onEvent` hears what the other side tells. */
export function callsOver<Calls>(
  port: Port,
  names: readonly (keyof Calls & string)[],
  onEvent: (event: unknown) => void = () => undefined,
): Remote<Calls> {
  let lastId = 0;
  let isClosed = false;
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  port.onMessage((message) => {
    if (typeof message !== 'object' || message === null) return;
    if ('event' in message) {
      onEvent(message.event);
      return;
    }
    const answer = message as AnswerMessage;
    const call = waiting.get(answer.id);
    waiting.delete(answer.id);
    if (answer.ok) call?.resolve(answer.value);
    else call?.reject(new RemoteCallError(answer.name, answer.message));
  });
  port.onClose(() => {
    isClosed = true;
    for (const call of waiting.values()) call.reject(new PortClosedError());
    waiting.clear();
  });
  const ask = async (call: string, argument: unknown): Promise<unknown> => {
    if (isClosed) throw new PortClosedError();
    lastId += 1;
    const id = lastId;
    const answer = new Promise<unknown>((resolve, reject) => waiting.set(id, { resolve, reject }));
    port.post({ id, call, argument } satisfies CallMessage);
    return answer;
  };
  return Object.fromEntries(
    names.map((call) => [call, (argument: unknown) => ask(call, argument)]),
  ) as unknown as Remote<Calls>;
}
