/** How keys are written for people: `Mod+Shift+K` is ⌘⇧K on a Mac and Ctrl+Shift+K elsewhere. */
import { keyCaps, partsOf } from '../commands/chord.ts';

/** Whether this machine has a ⌘ key. */
export function hasCommandKey(): boolean {
  return typeof navigator !== 'undefined' && /Mac/u.test(navigator.platform);
}

/**
 * What is written on each key cap: one for every stroke, so that `G S`, one after the other, has two. `isMac` is told
 * by the machine when it is absent.
 */
export function strokesOf(keys: string, isMac: boolean = hasCommandKey()): readonly string[] {
  return keys
    .split(' ')
    .filter((stroke) => stroke !== '')
    .map((stroke) => keyCaps(stroke, isMac).join(isMac ? '' : '+'));
}

const ARIA_NAMES: Readonly<Record<string, string>> = {
  Up: 'ArrowUp',
  Down: 'ArrowDown',
  Left: 'ArrowLeft',
  Right: 'ArrowRight',
  '+': 'Plus',
};

/** The same keys as `aria-keyshortcuts` wants them; undefined for sequences, which it cannot say. */
export function ariaKeys(keys: string | undefined, isMac: boolean = hasCommandKey()): string | undefined {
  if (keys === undefined || keys === '' || keys.includes(' ')) return undefined;
  return partsOf(keys)
    .map((part) => (part === 'Mod' ? (isMac ? 'Meta' : 'Control') : (ARIA_NAMES[part] ?? part)))
    .join('+');
}
