/** One API request from its headers to its reply, with every place where a fault rule may step in. */
import type { IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Account, ArrivedImage, Call } from './account.ts';
import { Cut, parseBody, readBody, readText, refuseAnnouncedSize } from './body.ts';
import { ofKind, type Faults, type FiredRules } from './faults.ts';
import { checkPat, checkUserApp, type createRateLimit } from './gate.ts';
import { postInputs } from './post-inputs.ts';
import { receiveImages, restoreMasks } from './receive.ts';
import { Refusal, statusOf, type Reply } from './reply.ts';
import type { Answer, RouteMatch } from './routes.ts';
import type { Stats } from './stats.ts';

/** What all exchanges share. */
export interface ExchangeParts {
  readonly account: Account;
  readonly pat: string;
  readonly faults: Faults;
  readonly stats: Stats;
  /** Null: no rate limit. */
  readonly rateLimit: ReturnType<typeof createRateLimit> | null;
}

/** One request, found and counted. */
export interface Incoming {
  readonly request: IncomingMessage;
  readonly route: RouteMatch;
  readonly query: URLSearchParams;
  readonly method: string;
  /** ms since the epoch, with fraction. */
  readonly at: number;
  readonly received: (bytes: number) => void;
  /** Rules fired by method and path. */
  readonly fired: FiredRules;
}

const HTML_PAGE =
  '<!doctype html><html><head><title>Welcome</title></head><body>Please sign in.</body></html>';
const codeForHttp = (http: number): number => {
  if (http < 300) return 10000;
  if (http === 401) return 11009;
  if (http === 404) return 11101;
  if (http === 413) return 40033;
  if (http === 429) return 11005;
  return http >= 500 ? 40031 : 11100;
};

/** A reply that a rule gives instead of the real one, or null; `stored` asks for those given after the work. */
const faultReply = (fired: FiredRules, stored: boolean): Reply | null => {
  for (const { rule } of fired) {
    if (rule.kind === 'html' && !stored) {
      return { http: 200, body: {}, headers: { 'Content-Type': 'text/html' }, raw: HTML_PAGE };
    }
    if (rule.kind === 'wrong-json' && (rule.stored === true) === stored) {
      return { http: 200, body: {}, raw: '{"status":{"code":10000,"description":"Ok","req_id":"' };
    }
    if (rule.kind === 'status' && (rule.stored === true) === stored) {
      const status = statusOf(rule.code ?? codeForHttp(rule.http), rule.description);
      return {
        http: rule.http,
        body: { status },
        ...(rule.headers === undefined ? {} : { headers: rule.headers }),
        ...(rule.body === undefined ? {} : { raw: rule.body }),
      };
    }
  }
  return null;
};

const pause = async (fired: FiredRules, when: 'before' | 'after-storing'): Promise<void> => {
  for (const { rule } of ofKind(fired, 'delay')) {
    if ((rule.when ?? 'before') === when) await sleep(rule.ms);
  }
};
const cuts = (fired: FiredRules, ...when: ('before' | 'half-way' | 'after-storing')[]): boolean =>
  ofKind(fired, 'cut').some(({ rule }) => when.includes(rule.when));

/** Input ids that a request names, for rules about one input. */
const namedIds = (call: Omit<Call, 'fired'>): string[] => {
  const { params, query, body } = call;
  const lists = ['inputs', 'annotations'].flatMap((name) =>
    Array.isArray(body[name]) ? (body[name] as unknown[]) : [],
  );
  const fromLists = lists.flatMap((one) => {
    const { id, input_id: inputId } = (one ?? {}) as { id?: unknown; input_id?: unknown };
    return [inputId ?? id];
  });
  const plain = ['ids', 'input_ids'].flatMap((name) =>
    Array.isArray(body[name]) ? (body[name] as unknown[]) : [],
  );
  const all = [
    params['input_id'],
    ...query.getAll('ids'),
    ...query.getAll('input_ids'),
    ...fromLists,
    ...plain,
  ];
  return all.filter((id) => typeof id === 'string');
};

const findAnswer = ({ route, method }: Incoming): Answer => {
  if (route.answers === null) throw new Refusal(404, 11101, 'There is no such path');
  const answer = route.answers[method];
  if (answer === undefined) throw new Refusal(405, 11103, `${method} is not allowed on ${route.path}`);
  return answer;
};

const pass = (parts: ExchangeParts, incoming: Incoming): Answer => {
  const { request, route, query, fired, at } = incoming;
  if (cuts(fired, 'before')) throw new Cut();
  checkPat(request.headers, parts.pat, fired);
  if (parts.rateLimit?.admit(at) === false) {
    parts.stats.throttle();
    throw new Refusal(429, 11005, 'exceeded limit of 15 requests per second');
  }
  const answer = findAnswer(incoming);
  checkUserApp(parts.account, route.userApp, query, {});
  refuseAnnouncedSize(request);
  return answer;
};

interface Arrived {
  readonly text: string;
  readonly images: ReadonlyMap<string, ArrivedImage>;
}

const work = async (
  parts: ExchangeParts,
  incoming: Incoming,
  answer: Answer,
  arrived: Arrived,
): Promise<Reply> => {
  const { account, faults } = parts;
  const { route, query, method } = incoming;
  const body = parseBody(arrived.text);
  checkUserApp(account, null, query, body);
  const named = { params: route.params, query, body, images: arrived.images };
  if (route.label === 'POST /inputs') parts.stats.posted(namedIds(named));
  const late = faults.wantIds() ? faults.atIds(method, route.path, namedIds(named)) : [];
  const fired = [...incoming.fired, ...late];
  await pause(fired, 'before');
  if (cuts(late, 'before', 'half-way')) throw new Cut();
  const instead = faultReply(fired, false);
  if (instead !== null) return instead;
  const reply = answer(account, { ...named, fired });
  await pause(fired, 'after-storing');
  if (cuts(fired, 'after-storing')) throw new Cut();
  return faultReply(fired, true) ?? reply;
};

const workOnImages = async (
  parts: ExchangeParts,
  incoming: Incoming,
  answer: Answer,
  chunks: AsyncIterable<Buffer>,
): Promise<Reply> => {
  const { account } = parts;
  const pack = account.packs.create();
  let kept = false;
  try {
    const arrived = await receiveImages(chunks, pack);
    await pack.keep();
    kept = true;
    const withMasks = arrived.text.includes('"mask"') ? await restoreText(account, arrived) : arrived;
    return await work(parts, incoming, answer, withMasks);
  } finally {
    if (!kept) await pack.discard();
    else if (!account.inputs.usesPack(pack.name)) await account.packs.remove(pack.name);
  }
};

const restoreText = async (account: Account, arrived: Arrived): Promise<Arrived> => {
  const body = parseBody(arrived.text);
  for (const input of Array.isArray(body['inputs']) ? (body['inputs'] as unknown[]) : []) {
    const { data } = (input ?? {}) as { data?: { regions?: unknown } | null };
    await restoreMasks(data?.regions, arrived.images, account.packs);
  }
  return { text: JSON.stringify(body), images: arrived.images };
};

/** Answers one request; throws `Cut` where the connection is to be destroyed, `Refusal` where it is refused. */
export const exchange = async (parts: ExchangeParts, incoming: Incoming): Promise<Reply> => {
  const { request, fired, received } = incoming;
  const answer = pass(parts, incoming);
  const halfWay = ofKind(fired, 'cut').find(({ rule }) => rule.when === 'half-way');
  const chunks = readBody(request, {
    received,
    bytesPerSecond: ofKind(fired, 'slow-link')[0]?.rule.bytesPerSecond ?? null,
    cutAfterBytes: halfWay === undefined ? null : (halfWay.rule.bytes ?? 0),
  });
  if (answer === postInputs) return workOnImages(parts, incoming, answer, chunks);
  return work(parts, incoming, answer, { text: await readText(chunks), images: new Map() });
};
