/** What the owner steers: order, pace, pauses of everything and of folders; for all accounts together. */
import { isDeepStrictEqual } from 'node:util';
import type { Changes } from './changes.ts';
import type { Timer } from './clock.ts';
import type { DestinationLine } from './destination-line.ts';
import type { DiskRoom } from './disk-room.ts';
import type { EngineHost } from './host.ts';
import type { Spool } from './imaging/spool.ts';
import type { Ledger } from './ledger/ledger.ts';
import { isDiskFull, type LedgerDamagedError } from './ledger/open-errors.ts';
import { createPauses, type Pauses } from './pauses.ts';
import { createRuleRests, type RuleRests } from './rule-rests.ts';
import { readSending, writeSending } from './sending-settings.ts';
import { createTurnTaking } from './turn-taking.ts';
import { createByteLimit } from './upload/byte-limit.ts';
import { releaseUnwanted } from './upload/renditions.ts';
import { createShield } from './upload/shield.ts';
import type { Steering } from './upload/uploader-options.ts';
import { limitAt, type LimitNow, type SendingSettings } from '#shared/sending.ts';

/** Longest time between two looks at the clock, in ms: it may be set, and timers stand still in a sleep. */
const LOOK_MS = 60_000;

export interface SteeringOptions {
  readonly ledger: Ledger;
  readonly changes: Changes;
  readonly spool: Spool;
  readonly lines: () => readonly DestinationLine[];
  readonly diskRoom: Pick<DiskRoom, 'full' | 'hasRoom'>;
  readonly host: Pick<EngineHost, 'clock' | 'log' | 'tellsRests'>;
}

/** The desk at which all of it is done. */
export interface SteeringDesk
  extends
    Steering,
    Pick<RuleRests, 'awaitHost' | 'hostRests' | 'overrule'>,
    Pick<Pauses, 'pause' | 'resume'> {
  settings(): SendingSettings;
  /** The limit in force. */
  now(): LimitNow;
  save(part: Partial<SendingSettings>): void;
  /** A line that was just opened comes under the pause and the rests of now. */
  join(line: DestinationLine): void;
  /** `until` (UTC ms): it ends by itself then. */
  pauseFolder(folderId: number, until: number | null): void;
  resumeFolder(folderId: number): void;
  /** Looks at the clock now, as after a sleep. */
  look(): void;
  /** Resolves when every photo has the turn that it has by the order and the pauses of now. */
  settled(): Promise<void>;
  /** Why nothing can be steered any more: the ledger was found damaged. Null when nothing of the kind came up. */
  fault(): LedgerDamagedError | null;
  stop(): Promise<void>;
}

/** Begins with what the ledger keeps. */
export function createSteering(options: SteeringOptions): SteeringDesk {
  const { ledger, changes, spool, lines, diskRoom, host } = options;
  const { clock, log } = host;
  const shield = createShield({ clock, log });
  const limit = createByteLimit(clock);
  let timer: Timer | null = null;
  /** The limit that was in force at the last look. */
  let told: LimitNow | null = null;
  let isStopped = false;

  const turns = createTurnTaking({
    ledger,
    clock,
    shield,
    onChanged: () => {
      for (const { destination, uploader } of lines()) {
        if (ledger.turns.isRestingSent(destination.id)) uploader.reconnect();
      }
    },
    onSettled: () => {
      diskRoom.hasRoom();
      for (const { uploader } of lines()) uploader.wake();
      releaseUnwanted({ ledger, spool }).catch((error: unknown) =>
        log.warn('upload.rendition-not-removed', { error: String(error) }),
      );
    },
    onFailed: (error) => {
      if (isDiskFull(error)) diskRoom.full(String(error));
    },
  });
  const pauses = createPauses({ ledger, clock, lines });
  const rests = createRuleRests({
    ledger,
    host,
    onChange: () => {
      look();
      for (const line of lines()) line.wake();
    },
  });

  function limitNow(): LimitNow {
    const settings = readSending(ledger);
    if (!rests.isOverruled('scheduled')) return limitAt(settings, clock.now());
    return { limit: settings.limit, isTimed: false, until: null };
  }

  /** Nothing is written when time changes the limit, or the owner sends through it; whoever shows it has to ask again. */
  function tellLimit(): void {
    const now = limitNow();
    if (told !== null && !isDeepStrictEqual(now, told)) changes.note('settings');
    told = now;
  }

  function lookNow(): void {
    const now = clock.now();
    const settings = readSending(ledger);
    const moment = limitAt(settings, now);
    limit.set(rests.limitNow(moment, settings));
    rests.bring(lines(), moment);
    tellLimit();
    const ends = pauses.endDue();
    if (moment.until !== null) ends.push(moment.until);
    turns.look();
    timer?.cancel();
    const ms = Math.max(1, Math.min(LOOK_MS, ...ends.map((end) => end - now)));
    timer = ends.length === 0 ? null : clock.setTimer(look, ms);
  }

  function look(): void {
    if (!isStopped) shield.run('steering.not-looked', {}, lookNow);
  }

  // Folders change in many ways: whoever did it, photos may rest now, or not any more.
  const stopListening = changes.listen(({ topics }) => {
    if (topics.includes('folders')) look();
  });
  look();

  return {
    limit,
    batchesInFlight: () => readSending(ledger).batchesInFlight,
    isSettled: () => rests.isKnown() && turns.isSettled(),
    settings: () => readSending(ledger),
    now: limitNow,
    save(part) {
      writeSending(ledger, part);
      look();
      for (const line of lines()) line.wake();
    },
    join(line) {
      rests.bring([line], limitAt(readSending(ledger), clock.now()));
      pauses.join(line);
    },
    pause(until) {
      pauses.pause(until);
      look();
    },
    resume: () => pauses.resume(),
    pauseFolder(folderId, until) {
      ledger.folders.setPaused(folderId, { at: clock.now(), until });
      look();
    },
    resumeFolder(folderId) {
      ledger.folders.setPaused(folderId, null);
      look();
    },
    awaitHost: () => rests.awaitHost(),
    hostRests: (told) => rests.hostRests(told),
    overrule: (kind) => rests.overrule(kind),
    look,
    settled: () => turns.settled(),
    fault: () => shield.fault(),
    stop() {
      isStopped = true;
      stopListening();
      timer?.cancel();
      shield.stop();
      rests.stop();
      return turns.stop();
    },
  };
}
