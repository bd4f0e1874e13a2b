/** Electron's `utilityProcess.fork` by a fork of Node: real processes, real entries, ports carried over their line. */
import { fork, type ChildProcess } from 'node:child_process';
import { EventEmitter } from 'node:events';
import type { ForkOptions, MessagePortMain, utilityProcess, UtilityProcess } from 'electron';
import type { Carried, PortStandIn } from './port-stand-in.ts';

const PARENT_PORT = new URL('./parent-port.ts', import.meta.url).href;

interface Handed {
  post(data: unknown): void;
  close(): void;
}

class UtilityStandIn extends EventEmitter {
  readonly #child: ChildProcess;
  readonly #handed = new Map<number, Handed>();
  #isGone = false;

  constructor(modulePath: string, words: readonly string[], options: ForkOptions) {
    super();
    this.#child = fork(modulePath, words, {
      // As Electron does it since its version 37.
      execArgv: [
        '--unhandled-rejections=warn-with-error-code',
        '--import',
        PARENT_PORT,
        ...(options.execArgv ?? []),
      ],
      env: options.env as NodeJS.ProcessEnv,
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      serialization: 'advanced',
    });
    this.#child.once('spawn', () => this.emit('spawn'));
    this.#child.on('message', (message) => this.#hear(message as Partial<Carried>));
    this.#child.once('close', (code) => {
      this.#isGone = true;
      for (const port of this.#handed.values()) port.close();
      this.emit('exit', code ?? 9);
    });
  }

  get pid(): number | undefined {
    return this.#isGone ? undefined : this.#child.pid;
  }

  get stderr(): NodeJS.ReadableStream | null {
    return this.#child.stderr;
  }

  kill(): boolean {
    return this.#child.kill('SIGTERM');
  }

  postMessage(data: unknown, transfer: readonly MessagePortMain[] = []): void {
    const ids = transfer.map((_port, at) => this.#handed.size + 1 + at);
    this.#send({ carried: 'parent', data, ports: ids });
    for (const [at, port] of transfer.entries()) {
      const id = ids[at] ?? 0;
      const handed = (port as unknown as PortStandIn).handOver({
        arrived: (message) => this.#send({ carried: 'port', port: id, data: message }),
        closed: () => this.#send({ carried: 'port-closed', port: id }),
      });
      this.#handed.set(id, handed);
    }
  }

  #send(message: Carried): void {
    if (this.#child.connected) this.#child.send(message, () => undefined);
  }

  #hear(message: Partial<Carried>): void {
    if (message.carried === 'parent') this.emit('message', message.data);
    else if (message.carried === 'port') this.#handed.get(message.port ?? 0)?.post(message.data);
    else if (message.carried === 'port-closed') this.#handed.get(message.port ?? 0)?.close();
  }
}

/** Every start, in order. */
export interface Forked {
  readonly entry: string;
  readonly options: ForkOptions;
  readonly child: UtilityProcess;
}

/** `utilityProcess`; what it starts is noted in `forked`. */
export function createUtilityStandIn(forked: Forked[]): Pick<typeof utilityProcess, 'fork'> {
  return {
    fork(modulePath, words = [], options = {}) {
      const child = new UtilityStandIn(modulePath, words, options) as unknown as UtilityProcess;
      forked.push({ entry: modulePath.replace(/^.*[/\\]electron[/\\]/u, ''), options, child });
      return child;
    },
  };
}
