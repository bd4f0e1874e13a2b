/**
 * Whether the network costs by what goes over it. Electron does not tell, so the system is asked by its own commands.
 * macOS keeps it for programs that are linked with its Network framework, and has no command that tells.
 */
import { execFile } from 'node:child_process';
import { z } from 'zod';
import type { Clock, Timer } from './engine/clock.ts';

/** How often it is asked while somebody wants to know, in ms. */
const GAP_MS = 60_000;
/** The same after a sleep, while there is no answer: networks come back some seconds after their computer. In ms. */
const WAKING_GAP_MS = 5_000;
/** So long it goes at that gap, in ms. */
const WAKING_MS = 60_000;
/** So long a command may take, in ms. */
const LIMIT_MS = 10_000;

/** A command, and how its output is read. */
interface Question {
  readonly command: string;
  readonly words: readonly string[];
  readonly read: (output: string) => boolean | null;
}

const MANAGER = 'org.freedesktop.NetworkManager';
const OBJECT = '/org/freedesktop/NetworkManager';
const GET = 'org.freedesktop.DBus.Properties.Get';

/** The one object of Windows that tells; only Windows PowerShell, not its successor, reaches it by name. */
const SCRIPT = [
  '$ErrorActionPreference = "Stop"',
  '$information = [Windows.Networking.Connectivity.NetworkInformation, Windows.Networking.Connectivity, ContentType = WindowsRuntime]',
  '$profile = $information::GetInternetConnectionProfile()',
  'if ($null -ne $profile) {',
  '$cost = $profile.GetConnectionCost()',
  '"$($cost.NetworkCostType) roaming=$($cost.Roaming) over=$($cost.OverDataLimit)"',
  '}',
].join('\n');

/** In the order in which they are tried: the next one only where a command is not there. */
const QUESTIONS: Readonly<Partial<Record<NodeJS.Platform, readonly Question[]>>> = {
  linux: [
    {
      command: 'busctl',
      words: ['--json=short', 'get-property', MANAGER, OBJECT, MANAGER, 'Metered'],
      read: meteredOfBusctl,
    },
    {
      command: 'gdbus',
      words: [
        'call',
        '--system',
        '--dest',
        MANAGER,
        '--object-path',
        OBJECT,
        '--method',
        GET,
        MANAGER,
        'Metered',
      ],
      read: meteredOfGdbus,
    },
  ],
  win32: [
    {
      command: 'powershell.exe',
      words: ['-NoProfile', '-NonInteractive', '-Command', SCRIPT],
      read: meteredOfPowerShell,
    },
  ],
};

const PROPERTY = z.object({ type: z.literal('u'), data: z.int() });

/** Reads `{"type":"u","data":4}`. */
export function meteredOfBusctl(output: string): boolean | null {
  try {
    return meteredOfNumber(PROPERTY.parse(JSON.parse(output)).data);
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError) return null;
    throw error;
  }
}

/** Reads `(<uint32 4>,)`. */
export function meteredOfGdbus(output: string): boolean | null {
  const [, number] = /^\(<uint32 (\d+)>,\)\s*$/u.exec(output) ?? [];
  return number === undefined ? null : meteredOfNumber(Number(number));
}

/** `NMMetered`: 1 yes, 2 no, 3 and 4 the same as a guess, by the kind of network and what its router says. */
function meteredOfNumber(number: number): boolean | null {
  if (number === 1 || number === 3) return true;
  return number === 2 || number === 4 ? false : null;
}

/** Reads `Unrestricted roaming=False over=False`; nothing where there is no network. */
export function meteredOfPowerShell(output: string): boolean | null {
  const [, type, roaming, over] =
    /^(Unknown|Unrestricted|Fixed|Variable) roaming=(True|False) over=(True|False)\s*$/u.exec(output) ?? [];
  if (type === undefined) return null;
  if (type === 'Fixed' || type === 'Variable' || roaming === 'True' || over === 'True') return true;
  return type === 'Unknown' ? null : false;
}

export interface MeteredOptions {
  /** Default: this system. */
  readonly platform?: NodeJS.Platform;
  /** Ends the question early. */
  readonly signal?: AbortSignal;
}

/** Asks the system. Null: it cannot be told, or what tells it is not there. */
export async function isMetered({ platform = process.platform, signal }: MeteredOptions = {}): Promise<
  boolean | null
> {
  for (const { command, words, read } of QUESTIONS[platform] ?? []) {
    const output = await outputOf(command, words, signal);
    if (output !== 'not-there') return output === 'failed' ? null : read(output.text);
  }
  return null;
}

type Output = { readonly text: string } | 'not-there' | 'failed';

function outputOf(command: string, words: readonly string[], signal?: AbortSignal): Promise<Output> {
  return new Promise((resolve) => {
    const options = {
      timeout: LIMIT_MS,
      windowsHide: true,
      // Windows looks for a command in the working folder first, and that may be one of photos.
      ...(process.platform === 'win32' ? { cwd: process.env['SystemRoot'] ?? 'C:\\Windows' } : {}),
      ...(signal === undefined ? {} : { signal }),
    };
    execFile(command, [...words], options, (error, text) => {
      if (error === null) resolve({ text });
      else resolve(error.code === 'ENOENT' ? 'not-there' : 'failed');
    });
  });
}

/** A watch that asks. */
export interface MeteredWatch {
  /** The computer was asleep, and may be elsewhere: asks anew. Resolves when that is answered, after `onChange`. */
  wokeUp(): Promise<void>;
  stop(): void;
}

/**
 * Asks at once and then every minute, until it is stopped.
 *
 * @param onChange hears the first answer, and every one that differs from the one before
 * @param ask default: the system
 */
export function watchMetered(
  clock: Clock,
  onChange: (metered: boolean | null) => void,
  ask: (signal: AbortSignal) => Promise<boolean | null> = (signal) => isMetered({ signal }),
): MeteredWatch {
  let asking = new AbortController();
  let last: boolean | null | undefined;
  let timer: Timer | null = null;
  let wakesUntil = -Infinity;
  const stop = (): void => {
    asking.abort();
    timer?.cancel();
  };
  const look = async (): Promise<void> => {
    stop();
    asking = new AbortController();
    const { signal } = asking;
    const metered = await ask(signal);
    if (signal.aborted) return;
    const isWaking = metered === null && clock.elapsed() < wakesUntil;
    timer = clock.setTimer(() => void look(), isWaking ? WAKING_GAP_MS : GAP_MS);
    if (metered === last) return;
    last = metered;
    onChange(metered);
  };
  void look();
  return {
    wokeUp() {
      wakesUntil = clock.elapsed() + WAKING_MS;
      return look();
    },
    stop,
  };
}
