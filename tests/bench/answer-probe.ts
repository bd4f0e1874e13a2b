/**
 * Put before the local host by `--import`: writes down when each answer to an act leaves, which is right after its
 * commit. One line per answer, its call and the system's monotonic clock in ns, into the file that `BENCH_ANSWERS` names.
 */
import { appendFileSync } from 'node:fs';
import { WebSocket } from 'ws';

const file = process.env['BENCH_ANSWERS'];

if (file !== undefined) {
  const send = Reflect.get(WebSocket.prototype, 'send') as (...args: unknown[]) => void;
  WebSocket.prototype.send = function (this: WebSocket, ...args: unknown[]): void {
    const [text] = args;
    const [, callId] =
      typeof text === 'string' && text.includes('"editId":') ? (/^\{"id":(\d+)/u.exec(text) ?? []) : [];
    if (callId !== undefined) appendFileSync(file, `${callId} ${process.hrtime.bigint()}\n`);
    Reflect.apply(send, this, args);
  };
}
