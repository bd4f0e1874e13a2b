import fc from 'fast-check';
import { expect, it } from 'vitest';
import { followHttp, NotHttpError, replyFraming } from '../../support/wire-check/http-reader.ts';

const STREAM = [
  'HTTP/1.1 100 Continue\r\n\r\n',
  'HTTP/1.1 200 OK\r\nContent-Length: 5\r\nX-One: a\r\nx-one: b\r\n\r\nhe\r\n!',
  'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;x=y\r\nhello\r\n1\r\n\n\r\n0\r\nX-Trailer: t\r\n\r\n',
  'HTTP/1.1 204 No Content\r\nContent-Length: 3\r\n\r\n',
  'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n',
  'HTTP/1.1 404\r\n\r\nuntil the end',
].join('');

function follow(pieces: readonly string[]): unknown[] {
  const messages: { status: string | undefined; one: string | undefined; body: string; whole: boolean }[] =
    [];
  const reader = followHttp({
    onHead: (head) =>
      messages.push({ status: head.start[1], one: head.headers.get('x-one'), body: '', whole: false }),
    onBody: (bytes) => ((messages.at(-1) ?? { body: '' }).body += bytes.toString('latin1')),
    onEnd: () => ((messages.at(-1) ?? { whole: false }).whole = true),
    framing: (head) => replyFraming(head, 'GET'),
  });
  for (const piece of pieces) reader.push(Buffer.from(piece, 'latin1'));
  reader.close();
  return messages;
}

it('reads the same messages however the bytes are split', () => {
  const expected = [
    { status: '100', one: undefined, body: '', whole: true },
    { status: '200', one: 'a, b', body: 'he\r\n!', whole: true },
    { status: '200', one: undefined, body: 'hello\n', whole: true },
    { status: '204', one: undefined, body: '', whole: true },
    { status: '200', one: undefined, body: '', whole: true },
    { status: '404', one: undefined, body: 'until the end', whole: true },
  ];
  fc.assert(
    fc.property(fc.array(fc.nat(STREAM.length)), (cuts) => {
      const edges = [0, ...cuts.toSorted((a, b) => a - b), STREAM.length];
      expect(follow(edges.slice(1).map((edge, index) => STREAM.slice(edges[index], edge)))).toEqual(expected);
    }),
  );
});

it('leaves a message that is cut unfinished', () => {
  expect(follow(['HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhell'])).toEqual([
    { status: '200', one: undefined, body: 'hell', whole: false },
  ]);
});

it('says when it is no HTTP', () => {
  expect(() => follow(['\x16\x03\x01\r\n\r\n'])).toThrow(NotHttpError);
  expect(() => follow(['HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n'])).toThrow(NotHttpError);
});
