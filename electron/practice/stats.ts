/** Counters that tests and benchmarks read over the control route. */

/** Requests of one route, `POST /inputs` or `GET /inputs/{input_id}`; unknown routes count as `POST ?`. */
export interface RouteStats {
  count: number;
  /** Bytes of request bodies read from the socket, those of running requests included. */
  bodyBytes: number;
}

/** Answer of `GET /practice/stats`. */
export interface PracticeStats {
  /** When this was counted, by the account's own clock: ms since the epoch, with fraction. */
  readonly at: number;
  readonly requests: Record<string, RouteStats>;
  /** Bytes of all request bodies together. */
  readonly bodyBytes: number;
  /** Requests being received or answered at this moment, and their body bytes so far. */
  readonly running: { readonly requests: number; readonly bodyBytes: number };
  /** Requests refused by the rate limit. */
  readonly throttled: number;
  /** Arrival times (ms since the epoch, with fraction) of the last 2,000 requests, throttled ones included. */
  readonly arrivals: readonly number[];
  /** Ids of the last 2,000 inputs that came in a POST, in the order of arrival, whatever became of them. */
  readonly postedIds: readonly string[];
  /** Inputs the account holds, whatever their status. */
  readonly inputs: number;
  /** Inputs whose bytes another, older input already has; 0 means that nothing was stored twice. */
  readonly inputsStoredTwice: number;
}

/** One input in the answer of `GET /practice/inputs`, oldest first. */
export interface PracticeInput {
  readonly id: string;
  readonly status: number;
  /** Of the decoded bytes, 64 hex digits; null for inputs added by URL. */
  readonly sha256: string | null;
  readonly bytes: number | null;
  /** Concept id → value. */
  readonly concepts: Readonly<Record<string, number>>;
  readonly metadata: Readonly<Record<string, unknown>> | null;
  readonly geo: unknown;
}

const ARRIVALS_KEPT = 2_000;
const IDS_KEPT = 2_000;

/** ms since the epoch, with fraction. */
export const momentNow = (): number => performance.timeOrigin + performance.now();

/** Counts requests, bytes and arrival times of one server. */
export const createStats = () => {
  let requests: Record<string, RouteStats> = {};
  let arrivals: number[] = [];
  let postedIds: string[] = [];
  let bodyBytes = 0;
  let throttled = 0;
  const running = new Set<{ bytes: number }>();
  return {
    /** Starts counting one request; `received` adds body bytes, `end` when the exchange is over. */
    open(route: string, at: number) {
      const counters = (requests[route] ??= { count: 0, bodyBytes: 0 });
      const meter = { bytes: 0 };
      counters.count += 1;
      running.add(meter);
      arrivals.push(at);
      if (arrivals.length > ARRIVALS_KEPT * 2) arrivals = arrivals.slice(-ARRIVALS_KEPT);
      return {
        received: (bytes: number): void => {
          meter.bytes += bytes;
          counters.bodyBytes += bytes;
          bodyBytes += bytes;
        },
        end: (): void => void running.delete(meter),
      };
    },
    /** These inputs came in a POST. */
    posted: (ids: readonly string[]): void => {
      postedIds = [...postedIds, ...ids].slice(-IDS_KEPT);
    },
    throttle: (): void => {
      throttled += 1;
    },
    reset: (): void => {
      requests = {};
      arrivals = [];
      postedIds = [];
      bodyBytes = 0;
      throttled = 0;
    },
    snapshot: (): Omit<PracticeStats, 'inputs' | 'inputsStoredTwice'> => ({
      at: momentNow(),
      requests,
      bodyBytes,
      running: {
        requests: running.size,
        bodyBytes: [...running].reduce((sum, meter) => sum + meter.bytes, 0),
      },
      throttled,
      arrivals: arrivals.slice(-ARRIVALS_KEPT),
      postedIds,
    }),
  };
};
export type Stats = ReturnType<typeof createStats>;
