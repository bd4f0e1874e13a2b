/** What the owner steers: order, pace, rests, and folders that are paused; for all accounts together. */
import type { Clock, Timer } from './clock.ts';
import type { DestinationLine } from './destination-line.ts';
import type { Spool } from './imaging/spool.ts';
import type { Ledger } from './ledger/ledger.ts';
import type { Log } from './log.ts';
import { readSending, writeSending } from './sending-settings.ts';
import { createTurnTaking } from './turn-taking.ts';
import { createByteLimit } from './upload/byte-limit.ts';
import { releaseUnwanted } from './upload/renditions.ts';
import type { Steering } from './upload/uploader-options.ts';
import {
  limitAt,
  OVERRULED_RESTS,
  type HostRests,
  type LimitNow,
  type OverruledRest,
  type SendingSettings,
} from '#shared/sending.ts';

/** The setting that says through which rests the owner sends: kind → when that ends (UTC ms), null: with its reason. */
const OVERRULED_SETTING = 'rests-overruled';
/** Longest time between two looks at the clock, in ms: it may be set, and timers stand still in a sleep. */
const LOOK_MS = 60_000;

type Overruled = Partial<Record<OverruledRest, number | null>>;

export interface SteeringOptions {
  readonly ledger: Ledger;
  readonly spool: Spool;
  readonly lines: () => readonly DestinationLine[];
  readonly clock: Clock;
  readonly log: Log;
}

/** The desk at which all of it is done. */
export interface SteeringDesk extends Steering {
  settings(): SendingSettings;
  now(): LimitNow;
  save(part: Partial<SendingSettings>): void;
  /** A line that was just opened comes under the rests of now. */
  join(line: DestinationLine): void;
  /** Every destination, whether somebody works for it or not. `until` (UTC ms): it ends by itself then. */
  pause(until: number | null): void;
  resume(): void;
  pauseFolder(folderId: number, until: number | null): void;
  resumeFolder(folderId: number): void;
  overrule(kind: OverruledRest): void;
  hostRests(rests: HostRests): void;
  /** Folders were removed, or go elsewhere: photos may rest, or not any more. */
  foldersChanged(): void;
  /** Looks at the clock now, as after a sleep. */
  look(): void;
  /** Resolves when every photo has the turn that it has by the order and the pauses of now. */
  settled(): Promise<void>;
  stop(): Promise<void>;
}

/** Begins with what the ledger keeps. */
export function createSteering(options: SteeringOptions): SteeringDesk {
  const { ledger, spool, lines, clock, log } = options;
  const limit = createByteLimit(clock);
  let host: HostRests = { onBattery: false, onMetered: false };
  let timer: Timer | null = null;
  let isStopped = false;

  const turns = createTurnTaking({
    ledger,
    log,
    onSettled: () => {
      for (const { destination, uploader } of lines()) {
        if (ledger.turns.isRestingSent(destination.id)) uploader.reconnect();
        uploader.wake();
      }
      releaseUnwanted({ ledger, spool }).catch((error: unknown) =>
        log.warn('upload.rendition-not-removed', { error: String(error) }),
      );
    },
  });

  /** The rests that rules ask for now, but for those that the owner sends through. */
  function restsNow(
    now: number,
    { limit: most, until }: LimitNow,
  ): ReadonlyMap<OverruledRest, number | null> {
    const asked = new Map<OverruledRest, number | null>([
      ...(most === 0 ? [['scheduled', until] as const] : []),
      ...(host.onBattery ? [['on-battery', null] as const] : []),
      ...(host.onMetered ? [['on-metered', null] as const] : []),
    ]);
    const overruled = Object.entries(readOverruled(ledger)) as [OverruledRest, number | null][];
    const stands = overruled.filter(([kind, end]) => asked.has(kind) && (end === null || end > now));
    if (stands.length !== overruled.length)
      ledger.settings.set(OVERRULED_SETTING, Object.fromEntries(stands));
    for (const [kind] of stands) asked.delete(kind);
    return asked;
  }

  function withoutLine(): readonly number[] {
    const open = new Set(lines().map(({ destination }) => destination.id));
    return ledger.destinations.all().flatMap(({ id }) => (open.has(id) ? [] : [id]));
  }

  function bring({ uploader }: DestinationLine, rests: ReturnType<typeof restsNow>): void {
    for (const kind of OVERRULED_RESTS) {
      const until = rests.get(kind);
      if (until === undefined) uploader.liftRest(kind);
      else uploader.rest(kind, until);
    }
  }

  function look(): void {
    if (isStopped) return;
    const now = clock.now();
    const settings = readSending(ledger);
    const moment = limitAt(settings, now);
    // Where the owner sends through a rest of the timetable, the limit is that of other times.
    limit.set(moment.limit === 0 ? settings.limit : moment.limit);
    const rests = restsNow(now, moment);
    for (const line of lines()) bring(line, rests);
    const paused = ledger.folders.paused();
    for (const { id, until } of paused) {
      if (until !== null && until <= now) turns.after(() => ledger.folders.setPaused(id, null));
    }
    const ends = [moment.until, ...paused.map(({ until }) => until)].filter(
      (end) => end !== null && end > now,
    );
    timer?.cancel();
    const ms = Math.min(LOOK_MS, ...ends.map((end) => (end ?? now) - now));
    timer = ends.length === 0 ? null : clock.setTimer(look, Math.max(1, ms));
  }
  look();

  return {
    limit,
    batchesInFlight: () => readSending(ledger).batchesInFlight,
    isSettled: () => turns.isSettled(),
    settings: () => readSending(ledger),
    now: () => limitAt(readSending(ledger), clock.now()),
    save(part) {
      const isOtherOrder = part.order !== undefined && part.order !== readSending(ledger).order;
      if (isOtherOrder) turns.after(() => writeSending(ledger, part));
      else writeSending(ledger, part);
      look();
      for (const line of lines()) line.wake();
    },
    join: (line) => bring(line, restsNow(clock.now(), limitAt(readSending(ledger), clock.now()))),
    pause(until) {
      for (const line of lines()) line.uploader.pause(until);
      const at = clock.now();
      for (const id of withoutLine()) ledger.holds.place(id, 'paused', { at, until, detail: null });
    },
    resume() {
      for (const line of lines()) line.uploader.resume();
      for (const id of withoutLine()) ledger.holds.lift(id, 'paused');
    },
    pauseFolder(folderId, until) {
      turns.after(() => ledger.folders.setPaused(folderId, { at: clock.now(), until }));
      look();
    },
    resumeFolder(folderId) {
      turns.after(() => ledger.folders.setPaused(folderId, null));
      look();
    },
    overrule(kind) {
      const end = kind === 'scheduled' ? limitAt(readSending(ledger), clock.now()).until : null;
      ledger.settings.set(OVERRULED_SETTING, { ...readOverruled(ledger), [kind]: end });
      look();
    },
    hostRests(rests) {
      host = rests;
      look();
    },
    foldersChanged: () => turns.after(() => undefined),
    look,
    settled: () => turns.settled(),
    stop() {
      isStopped = true;
      timer?.cancel();
      return turns.stop();
    },
  };
}

function readOverruled({ settings }: Pick<Ledger, 'settings'>): Overruled {
  const kept = settings.get(OVERRULED_SETTING);
  return typeof kept === 'object' && kept !== null ? kept : {};
}
