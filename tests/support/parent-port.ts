/**
 * Loaded before a forked process's entry (`node --import`), it makes it look like a utility process of Electron: gives
 * it `process.parentPort`, and ports that come with messages, over the process's own line.
 */
import { EventEmitter } from 'node:events';
import type { Carried } from './port-stand-in.ts';

type Incoming = { readonly data: unknown; readonly ports: readonly CarriedPort[] };

/** Keeps what comes until somebody listens, or it is started. */
class CarriedPort extends EventEmitter {
  readonly #id: number;
  #isStarted = false;
  #kept: Incoming[] = [];

  constructor(id: number) {
    super();
    this.#id = id;
  }

  postMessage(data: unknown): void {
    send({ carried: 'port', port: this.#id, data });
  }

  start(): void {
    this.#isStarted = true;
    for (const incoming of this.#kept.splice(0)) this.emit('message', incoming);
  }

  close(): void {
    send({ carried: 'port-closed', port: this.#id });
  }

  arrived(incoming: Incoming): void {
    if (this.#isStarted) this.emit('message', incoming);
    else this.#kept.push(incoming);
  }
}

class ParentPort extends CarriedPort {
  override on(event: string, listener: (...words: never[]) => void): this {
    super.on(event, listener as (...words: unknown[]) => void);
    if (event === 'message') this.start();
    return this;
  }

  override postMessage(data: unknown): void {
    send({ carried: 'parent', data, ports: [] });
  }
}

function send(message: Carried): void {
  if (process.connected) process.send?.(message, undefined, undefined, () => undefined);
}

const ports = new Map<number, CarriedPort>();
const parentPort = new ParentPort(0);

process.on('message', (message: Carried) => {
  if (message.carried === 'parent') {
    const given = message.ports.map((id) => new CarriedPort(id));
    for (const [at, id] of message.ports.entries()) {
      const port = given[at];
      if (port !== undefined) ports.set(id, port);
    }
    parentPort.arrived({ data: message.data, ports: given });
  } else if (message.carried === 'port') ports.get(message.port)?.arrived({ data: message.data, ports: [] });
  else ports.get(message.port)?.emit('close');
});
// As Chromium ends its utility processes with main.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
Object.defineProperty(process, 'parentPort', { value: parentPort });
