/**
 * Keys as text: `Mod+Shift+K`, `T`, `?`, `G S` (one after the other). `Mod` is ⌘ on a Mac and Ctrl elsewhere. Letters are
 * those of the keyboard's layout; digits are the keys of the digit row, so that Shift does not change them.
 */

/** What a key event is called. */
export interface KeyPress {
  readonly key: string;
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
}

const NAMES: Readonly<Record<string, string>> = {
  ' ': 'Space',
  ArrowUp: 'Up',
  ArrowDown: 'Down',
  ArrowLeft: 'Left',
  ArrowRight: 'Right',
};
const MODIFIERS = [
  'Control',
  'Shift',
  'Alt',
  'Meta',
  'AltGraph',
  'CapsLock',
  'Dead',
  'Process',
  'Unidentified',
];

/** The chord of a key press; null for a modifier alone, or while a character is being composed. */
export function chordOf(press: KeyPress, isMac: boolean): string | null {
  if (MODIFIERS.includes(press.key) && !(press.altKey && /^Key[A-Z]$/.test(press.code))) return null;
  const base = baseOf(press);
  const isMod = isMac ? press.metaKey : press.ctrlKey;
  const isControl = isMac ? press.ctrlKey : press.metaKey;
  // A sign that is typed with Shift is called by its own name.
  const shows = press.shiftKey && (base.length > 1 || /^[A-Z0-9]$/.test(base));
  const words = [isMod && 'Mod', isControl && 'Control', press.altKey && 'Alt', shows && 'Shift', base];
  return words.filter((word) => word !== false).join('+');
}

function baseOf({ key, code, altKey }: KeyPress): string {
  const digit = /^(?:Digit|Numpad)(\d)$/.exec(code)?.[1];
  if (digit !== undefined && (code.startsWith('Digit') || /^\d$/.test(key))) return digit;
  const letter = /^Key([A-Z])$/.exec(code)?.[1];
  // Alt types other signs on a Mac; the key itself is meant.
  if (altKey && letter !== undefined) return letter;
  return NAMES[key] ?? (key.length === 1 ? key.toUpperCase() : key);
}

/** The parts of keys for display: `['Ctrl', 'K']`, `['G', 'then', 'S']` without the word. */
export function keyCaps(keys: string, isMac: boolean): string[] {
  const caps: Readonly<Record<string, string>> = isMac
    ? { Mod: '⌘', Shift: '⇧', Alt: '⌥', Control: '⌃', Enter: '↩', Backspace: '⌫' }
    : { Mod: 'Ctrl', Control: 'Win', Enter: '↵' };
  const arrows: Readonly<Record<string, string>> = {
    Up: '↑',
    Down: '↓',
    Left: '←',
    Right: '→',
    Escape: 'Esc',
  };
  return keys
    .split(' ')
    .flatMap(partsOf)
    .map((cap) => caps[cap] ?? arrows[cap] ?? cap);
}

/** The keys that are pressed together in one stroke; a plus at its end is the key of that sign. */
export function partsOf(stroke: string): string[] {
  return stroke.split(/\+(?!$)/u);
}
