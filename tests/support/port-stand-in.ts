/** Electron's `MessageChannelMain` in one process of Node, whose ports can be handed to processes that were forked. */
import { EventEmitter } from 'node:events';
import type { MessagePortMain } from 'electron';

/** What goes between main and a forked process that stands in for a utility process; see `parent-port.ts`. */
export type Carried =
  | { readonly carried: 'parent'; readonly data: unknown; readonly ports: readonly number[] }
  | { readonly carried: 'port'; readonly port: number; readonly data: unknown }
  | { readonly carried: 'port-closed'; readonly port: number };

/** One end of a channel. Like Electron's it keeps what comes until it is started, and clones what it sends. */
export class PortStandIn extends EventEmitter {
  #peer: PortStandIn | null = null;
  #isStarted = false;
  #isClosed = false;
  #kept: unknown[] = [];
  /** Set when it was handed to another process: what comes goes there. */
  #away: { arrived(data: unknown): void; closed(): void } | null = null;

  static pair(): [PortStandIn, PortStandIn] {
    const [one, other] = [new PortStandIn(), new PortStandIn()];
    one.#peer = other;
    other.#peer = one;
    return [one, other];
  }

  postMessage(data: unknown): void {
    this.#send(structuredClone(data));
  }

  start(): void {
    this.#isStarted = true;
    this.#flush();
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#peer?.hearClosed();
  }

  /** Hands it over. Returns what the other process does with it. */
  handOver(away: { arrived(data: unknown): void; closed(): void }): {
    post(data: unknown): void;
    close(): void;
  } {
    this.#away = away;
    this.#flush();
    return { post: (data) => this.#send(data), close: () => this.close() };
  }

  /** The other end is gone. */
  hearClosed(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    if (this.#away === null) setImmediate(() => this.emit('close'));
    else this.#away.closed();
  }

  #send(data: unknown): void {
    const peer = this.#peer;
    if (this.#isClosed || peer === null) return;
    setImmediate(() => {
      peer.#kept.push(data);
      peer.#flush();
    });
  }

  #flush(): void {
    if (this.#away === null && !this.#isStarted) return;
    for (const data of this.#kept.splice(0)) {
      if (this.#away === null) this.emit('message', { data, ports: [] });
      else this.#away.arrived(data);
    }
  }
}

/** A channel, typed as Electron's. */
export class ChannelStandIn {
  readonly port1: MessagePortMain;
  readonly port2: MessagePortMain;
  constructor() {
    [this.port1, this.port2] = PortStandIn.pair();
  }
}
