/** Calls and answers over anything that carries messages: a socket, a MessagePort, a worker. Errors cross as data. */
import type { EngineApi } from './engine-api.ts';
import type { EngineCall } from '#shared/engine-api.ts';

/** A two-way line for plain data. */
export interface Port {
  post(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  onClose(listener: () => void): void;
}

interface CallMessage {
  readonly id: number;
  readonly call: EngineCall;
  readonly argument: unknown;
}

type AnswerMessage =
  | { readonly id: number; readonly ok: true; readonly value: unknown }
  | { readonly id: number; readonly ok: false; readonly name: string; readonly message: string };

/** A call failed on the other side; `name` is the error's name there. */
export class RemoteCallError extends Error {
  override readonly name: string;
  constructor(name: string, message: string) {
    super(message);
    this.name = name;
  }
}

/** The other side is gone. */
export class PortClosedError extends Error {
  override readonly name = 'PortClosedError';
  constructor() {
    super('The engine that was asked has ended.');
  }
}

/** Answers calls that come over a port. Names that are no call of the contract are refused. */
export function serveCalls(port: Port, api: EngineApi): void {
  port.onMessage((message) => {
    const { id, call, argument } = message as CallMessage;
    void perform(api, call, argument).then(
      (value) => port.post({ id, ok: true, value } satisfies AnswerMessage),
      (error: unknown) => port.post(failed(id, error)),
    );
  });
}

async function perform(api: EngineApi, call: EngineCall, argument: unknown): Promise<unknown> {
  if (!Object.hasOwn(api, call)) throw new Error(`The engine has no call "${call}".`);
  return api[call](argument as never);
}

function failed(id: number, error: unknown): AnswerMessage {
  const { name, message } = error instanceof Error ? error : { name: 'Error', message: String(error) };
  return { id, ok: false, name, message };
}

/** The calls of the contract over a port. */
export function callsOver(port: Port, calls: readonly EngineCall[]): EngineApi {
  let lastId = 0;
  let isClosed = false;
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  port.onMessage((message) => {
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
  const ask = async (call: EngineCall, argument: unknown): Promise<unknown> => {
    if (isClosed) throw new PortClosedError();
    lastId += 1;
    const id = lastId;
    const answer = new Promise<unknown>((resolve, reject) => waiting.set(id, { resolve, reject }));
    port.post({ id, call, argument } satisfies CallMessage);
    return answer;
  };
  return Object.fromEntries(
    calls.map((call) => [call, (argument: unknown) => ask(call, argument)]),
  ) as unknown as EngineApi;
}
