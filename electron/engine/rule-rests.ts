/** Rests that rules of the owner ask for: the timetable, the battery, a metered network. Each can be sent through. */
import type { Timer } from './clock.ts';
import type { DestinationLine } from './destination-line.ts';
import type { EngineHost } from './host.ts';
import type { Ledger } from './ledger/ledger.ts';
import { readSending } from './sending-settings.ts';
import {
  limitAt,
  OVERRULABLE_RESTS,
  type HostRests,
  type LimitNow,
  type OverrulableRest,
  type SendingLimit,
  type SendingSettings,
} from '#shared/sending.ts';

/** The setting that says through which rests the owner sends: kind → when that ends (UTC ms), null: with its reason. */
export const OVERRULED_SETTING = 'rests-overruled';
/** So long a host has to tell of its rules once it can, in ms; then nothing of them is taken for granted. */
const HOST_MS = 10_000;
const NO_RESTS: HostRests = { onBattery: false, onMetered: false };
/** Rests that the host knows of. */
const HOST_KINDS: ReadonlySet<OverrulableRest> = new Set(['on-battery', 'on-metered']);

type Overruled = Partial<Record<OverrulableRest, number | null>>;

export interface RuleRestsOptions {
  readonly ledger: Ledger;
  /** Where it tells of its rules, nothing is sent before it has. */
  readonly host: Pick<EngineHost, 'clock' | 'log' | 'tellsRests'>;
  /** Rests have to be brought to the lines. */
  readonly onChange: () => void;
}

export interface RuleRests {
  /** Whether the host has told, where it does. */
  isKnown(): boolean;
  /** The host can tell from now on. After ten seconds of silence it is taken to have no rules that ask for rest. */
  awaitHost(): void;
  hostRests(rests: HostRests): void;
  /** Sends through a rest until its reason has been over once. */
  overrule(kind: OverrulableRest): void;
  isOverruled(kind: OverrulableRest): boolean;
  /** The limit for bodies: of other times where the owner sends through a rest of the timetable. Null: none. */
  limitNow(moment: LimitNow, settings: SendingSettings): SendingLimit;
  /** Places and lifts the holds of these lines. */
  bring(lines: readonly DestinationLine[], moment: LimitNow): void;
  stop(): void;
}

/** Knows nothing of the host until it tells. */
export function createRuleRests({ ledger, host, onChange }: RuleRestsOptions): RuleRests {
  const { clock, log, tellsRests = false } = host;
  let told: HostRests | null = tellsRests ? null : NO_RESTS;
  let late: Timer | null = null;

  function awaitHost(): void {
    if (told !== null) return;
    late = clock.setTimer(() => {
      if (told !== null) return;
      log.warn('host-rests-not-told');
      hostRests(NO_RESTS);
    }, HOST_MS);
  }

  function hostRests(rests: HostRests): void {
    told = rests;
    onChange();
  }

  /** What the rules ask for at this moment. */
  function asked({ limit, until }: LimitNow): Map<OverrulableRest, number | null> {
    return new Map<OverrulableRest, number | null>([
      ...(limit === 0 ? [['scheduled', until] as const] : []),
      ...(told?.onBattery === true ? [['on-battery', null] as const] : []),
      ...(told?.onMetered === true ? [['on-metered', null] as const] : []),
    ]);
  }

  function read(): Overruled {
    const kept = ledger.settings.get(OVERRULED_SETTING);
    return typeof kept === 'object' && kept !== null ? kept : {};
  }

  /** Those that still stand: a reason that is over counts again the next time. Nobody knows of a host that has not told. */
  function standing(now: number, rests: ReadonlyMap<OverrulableRest, unknown>): readonly OverrulableRest[] {
    const overruled = Object.entries(read()) as [OverrulableRest, number | null][];
    const stands = overruled.filter(
      ([kind, end]) =>
        (told === null && HOST_KINDS.has(kind)) || (rests.has(kind) && (end === null || end > now)),
    );
    if (stands.length !== overruled.length) {
      ledger.settings.set(OVERRULED_SETTING, Object.fromEntries(stands));
    }
    return stands.map(([kind]) => kind);
  }

  return {
    isKnown: () => told !== null,
    awaitHost,
    hostRests,
    overrule(kind) {
      const { until } = limitAt(readSending(ledger), clock.now());
      ledger.settings.set(OVERRULED_SETTING, { ...read(), [kind]: kind === 'scheduled' ? until : null });
      onChange();
    },
    isOverruled: (kind) => Object.hasOwn(read(), kind),
    limitNow: ({ limit }, settings) => (limit === 0 ? settings.limit : limit),
    bring(lines, moment) {
      const rests = asked(moment);
      for (const kind of standing(clock.now(), rests)) rests.delete(kind);
      for (const { uploader } of lines) {
        for (const kind of OVERRULABLE_RESTS) {
          const until = rests.get(kind);
          if (until !== undefined) uploader.rest(kind, until);
          // What stood at the end of the last life stays until the host has told.
          else if (told !== null || !HOST_KINDS.has(kind)) uploader.liftRest(kind);
        }
      }
    },
    stop: () => late?.cancel(),
  };
}
