/** Looks for newer versions, at the start and once a day, and does with them what the owner says. */
import type { Clock, Timer } from './engine/clock.ts';
import type { Log } from './engine/log.ts';
import { factsOf } from './host/last-words.ts';
import { afterNews, isLookDue, type UpdateNews } from './update-rules.ts';
import { openFeed, type Feed } from './updates.ts';
import type { UpdateAct, UpdateState } from '#shared/desktop.ts';

/** How often it is looked whether a day has passed: a computer that sleeps stops its timers. In ms. */
const TICK_MS = 3_600_000;

export interface UpdatesOptions {
  /** A checkout is brought up to date otherwise. */
  readonly isPackaged: boolean;
  /** Default: the feed that the package names. */
  readonly openFeed?: () => Promise<Feed | null>;
  /** The owner's setting. */
  isWanted(): boolean;
  /** Ends the program in order, unless the owner decides otherwise, and does this last. */
  endWith(last: () => void): void;
  /** The new version could not be put in place; everything else has ended. */
  startAgain(): void;
  onChange(): void;
  readonly clock: Clock;
  readonly log: Log;
}

export interface Updates {
  /** Null: this program does not bring itself up to date. */
  state(): UpdateState | null;
  /** Does what the owner says; resolves when a look has ended, or a download has begun. */
  act(what: UpdateAct): Promise<void>;
  stop(): void;
}

/** Opens the feed, and looks. */
export function startUpdates(options: UpdatesOptions): Updates {
  const { clock, log } = options;
  let feed: Feed | null = null;
  let state: UpdateState = { state: 'none' };
  let lookedAt: number | null = null;
  let timer: Timer | null = null;
  let isStopped = false;
  const note = (error: unknown): void => log.warn('update-failed', factsOf(error));
  const hear = (news: UpdateNews): void => {
    const next = afterNews(state, news);
    if (next === state) return;
    state = next;
    options.onChange();
  };

  async function look(from: Feed): Promise<void> {
    lookedAt = clock.now();
    const version = await from.look();
    hear(version === null ? { kind: 'nothing-newer' } : { kind: 'offered', version });
  }

  function load(from: Feed): void {
    if (state.state !== 'offered') return;
    state = { state: 'loading', version: state.version, fraction: 0 };
    options.onChange();
    from
      .load((fraction) => hear({ kind: 'part', fraction }))
      .then(
        () => hear({ kind: 'here' }),
        (error: unknown) => {
          note(error);
          hear({ kind: 'failed' });
        },
      );
  }

  function restart(from: Feed): void {
    if (state.state !== 'ready') return;
    options.endWith(() => {
      from.install((error) => {
        note(error);
        options.startAgain();
      });
    });
  }

  function tick(): void {
    if (feed === null || isStopped) return;
    timer = clock.setTimer(tick, TICK_MS);
    if (isLookDue({ isWanted: options.isWanted(), state, lookedAt, now: clock.now() })) {
      look(feed).catch(note);
    }
  }

  const open = options.openFeed ?? openFeed;
  if (options.isPackaged) {
    open().then((opened) => {
      feed = opened;
      if (opened === null) return;
      options.onChange();
      tick();
    }, note);
  }

  return {
    state: () => (feed === null ? null : state),
    async act(what) {
      if (feed === null) throw new Error('This Tagalong is brought up to date as it was installed.');
      if (what === 'load') load(feed);
      else if (what === 'restart') restart(feed);
      else if (state.state !== 'loading') {
        await look(feed).catch((error: unknown) => {
          note(error);
          throw new Error('It could not be found out whether there is a newer version. The log says more.');
        });
      }
    },
    stop() {
      isStopped = true;
      timer?.cancel();
    },
  };
}
