/** How keys are written for people: `Mod+Shift+K` is ⇧⌘K on a Mac and Ctrl+Shift+K elsewhere. */

const NAMES: Readonly<Record<string, string>> = {
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  Escape: 'Esc',
  Delete: 'Del',
  PageUp: 'Page up',
  PageDown: 'Page down',
};

const MAC_NAMES: Readonly<Record<string, string>> = {
  Mod: '⌘',
  Meta: '⌘',
  Ctrl: '⌃',
  Control: '⌃',
  Alt: '⌥',
  Shift: '⇧',
  Enter: '↩',
  Backspace: '⌫',
  Delete: '⌦',
};

/** The order in which a Mac's menus name modifiers. */
const MAC_ORDER = ['⌃', '⌥', '⇧', '⌘'];

/** Whether this machine has a ⌘ key. */
export function hasCommandKey(): boolean {
  return typeof navigator !== 'undefined' && /mac|iphone|ipad/i.test(navigator.platform);
}

/** Keys of one stroke, apart; `Mod++` is Mod and +. */
function partsOf(stroke: string): readonly string[] {
  return stroke.endsWith('++') ? [...stroke.slice(0, -2).split('+'), '+'] : stroke === '+' ? ['+'] : stroke.split('+');
}

/**
 * What is written on each key cap. Strokes that follow one another are parted by a space: `G S` has two caps.
 * On a Mac the modifiers of a stroke share its cap.
 */
export function keyCaps(keys: string, isMac: boolean = hasCommandKey()): readonly string[] {
  return keys
    .split(' ')
    .filter((stroke) => stroke !== '')
    .map((stroke) => {
      const names = partsOf(stroke).map((part) => nameOf(part, isMac));
      if (!isMac) return names.join('+');
      const modifiers = names.filter((name) => MAC_ORDER.includes(name));
      const rest = names.filter((name) => !MAC_ORDER.includes(name));
      return [...modifiers.sort((a, b) => MAC_ORDER.indexOf(a) - MAC_ORDER.indexOf(b)), ...rest].join('');
    });
}

function nameOf(part: string, isMac: boolean): string {
  const own = isMac ? MAC_NAMES[part] : part === 'Mod' ? 'Ctrl' : undefined;
  return own ?? NAMES[part] ?? (part.length === 1 ? part.toUpperCase() : part);
}

/** The same keys as `aria-keyshortcuts` wants them; undefined for sequences, which it cannot say. */
export function ariaKeys(keys: string | undefined, isMac: boolean = hasCommandKey()): string | undefined {
  if (keys === undefined || keys === '' || keys.trim().includes(' ')) return undefined;
  return partsOf(keys)
    .map((part) => (part === 'Mod' ? (isMac ? 'Meta' : 'Control') : part === 'Ctrl' ? 'Control' : part === '+' ? 'Plus' : part))
    .join('+');
}
