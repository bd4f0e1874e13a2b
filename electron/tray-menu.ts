/** What the tray shows: its picture, a sentence, and a menu that can pause. */
import type { MenuItemConstructorOptions } from 'electron';
import { HOLDS, RESTS, type Hold } from '#shared/problems.ts';
import { OVERRULABLE_RESTS, PAUSE_LENGTHS, type OverrulableRest, type PauseLength } from '#shared/sending.ts';
import {
  isPaused,
  isResting,
  heldCountOf,
  needsOwner,
  needYouCount,
  type Standing,
} from '#shared/standing.ts';

/** Pausing, as the tray's menu needs it. */
export interface Pauses {
  pause(length: PauseLength): void;
  resume(): void;
  /** Through a rest that a rule made. */
  sendAllTheSame(kind: OverrulableRest): void;
}

/** What the tray tells about. */
export interface TrayState {
  /** `opening`: no engine has answered yet; `gone`: it is being started again; `ended`: it is not. */
  readonly engine: 'opening' | 'here' | 'gone' | 'ended';
  /** Null: not known yet. */
  readonly standing: Standing | null;
}

/** The picture's name. */
export type TrayPicture = 'quiet' | 'busy' | 'paused' | 'alert';

export interface TrayPowers {
  readonly pauses: Pauses;
  open(): void;
  openFailures(): void;
  openSettings(): void;
  quit(): void;
}

const LENGTHS: Readonly<Record<PauseLength, string>> = {
  hour: 'For an hour',
  tomorrow: 'Until tomorrow',
  resumed: 'Until I resume',
};

const times = new Intl.DateTimeFormat(undefined, { weekday: 'short', hour: 'numeric', minute: '2-digit' });
const numbers = new Intl.NumberFormat(undefined);
const SEPARATOR: MenuItemConstructorOptions = { type: 'separator' };

/** Which picture it is. */
export function trayPicture({ engine, standing }: TrayState): TrayPicture {
  if (engine === 'ended') return 'alert';
  if (engine !== 'here' || standing === null) return 'quiet';
  if (standing.holds.some(needsOwner)) return 'alert';
  if (isResting(standing)) return 'paused';
  return standing.onTheWayCount > 0 || standing.waitingPaths > 0 ? 'busy' : 'quiet';
}

/** How everything stands, in one sentence. */
export function traySentence({ engine, standing }: TrayState): string {
  if (engine === 'ended') return 'The engine has stopped. Photos and tags are safe.';
  if (engine === 'gone') return 'The engine has ended. Starting it again …';
  if (standing === null) return 'Opening your photos …';
  const { holds, restingCount, onTheWayCount, waitingPaths, failureCount, leftOutCount, indexedCount } =
    standing;
  const [hold] = holds;
  if (hold !== undefined) {
    const sentence = holdSentence(hold);
    const heldCount = heldCountOf(standing);
    return heldCount === 0
      ? sentence
      : `${sentence} ${photos(heldCount)} ${heldCount === 1 ? 'waits' : 'wait'}.`;
  }
  if (onTheWayCount > 0) return `${photos(onTheWayCount)} on the way`;
  if (waitingPaths > 0) return `${count(waitingPaths, 'file', 'files')} to look at`;
  if (restingCount > 0)
    return `${photos(restingCount)} ${restingCount === 1 ? 'rests' : 'rest'} with paused folders`;
  if (failureCount === 0 && leftOutCount === 0)
    return indexedCount > 0 ? 'Everything is there' : 'No photos yet';
  return indexedCount > 0 ? 'Everything else is there' : 'Nothing is there yet';
}

function holdSentence({ kind, until }: Hold): string {
  if (until === null || !RESTS.has(kind)) return HOLDS[kind].sentence;
  return `${HOLDS[kind].sentence.slice(0, -1)}, until ${times.format(until)}.`;
}

/** The menu as it is built from. */
export function trayTemplate(state: TrayState, powers: TrayPowers): MenuItemConstructorOptions[] {
  const { engine, standing } = state;
  const needing = engine === 'here' && standing !== null ? needYouCount(standing) : 0;
  return [
    { label: traySentence(state), enabled: false },
    SEPARATOR,
    { label: 'Open Tagalong', click: () => powers.open() },
    ...(needing === 0
      ? []
      : [
          {
            label: `${photos(needing)} ${needing === 1 ? 'needs' : 'need'} you…`,
            click: () => powers.openFailures(),
          },
        ]),
    ...pauseItems(state, powers.pauses),
    SEPARATOR,
    { label: 'Settings…', click: () => powers.openSettings() },
    SEPARATOR,
    { label: 'Quit Tagalong', click: () => powers.quit() },
  ];
}

function pauseItems({ engine, standing }: TrayState, pauses: Pauses): MenuItemConstructorOptions[] {
  if (engine !== 'here' || standing === null) return [];
  if (isPaused(standing)) return [SEPARATOR, { label: 'Resume sending', click: () => pauses.resume() }];
  const rest = OVERRULABLE_RESTS.find((kind) => standing.holds.some((hold) => hold.kind === kind));
  const submenu = PAUSE_LENGTHS.map((length) => ({
    label: LENGTHS[length],
    click: () => pauses.pause(length),
  }));
  return [
    SEPARATOR,
    ...(rest === undefined ? [] : [{ label: 'Send all the same', click: () => pauses.sendAllTheSame(rest) }]),
    { label: 'Pause sending', submenu },
  ];
}

function count(number: number, one: string, other: string): string {
  return `${numbers.format(number)} ${number === 1 ? one : other}`;
}

function photos(number: number): string {
  return count(number, 'photo', 'photos');
}
