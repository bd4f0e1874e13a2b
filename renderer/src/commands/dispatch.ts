/** Turns key presses into commands. */
import { chordOf } from './chord.ts';
import type { CommandRegistry } from './registry.ts';

/** How long the first key of a sequence (`G S`) waits for the second, in ms. */
const SEQUENCE_MS = 1500;

/** Listens to a window's keys. Returns how to stop it. */
export function dispatchKeys(target: Window, registry: CommandRegistry, isMac: boolean): () => void {
  let first: { readonly keys: string; readonly until: number } | null = null;

  function onKeyDown(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.isComposing) return;
    const chord = chordOf(event, isMac);
    if (chord === null) return;
    const isTyping = typesText(event.target);
    const begun = first !== null && event.timeStamp < first.until ? `${first.keys} ${chord}` : null;
    first = null;
    const command = (begun === null ? undefined : registry.byKeys(begun)) ?? registry.byKeys(chord);
    if (command !== undefined) {
      const worksHere = !isTyping || (command.worksInText ?? chord.startsWith('Mod+'));
      if (!worksHere || takesKey(event.target, chord)) return;
      event.preventDefault();
      if (!event.repeat || command.repeats === true) command.run();
    } else if (!isTyping && registry.beginsSequence(chord)) {
      event.preventDefault();
      first = { keys: chord, until: event.timeStamp + SEQUENCE_MS };
    }
  }

  target.addEventListener('keydown', onKeyDown);
  return () => target.removeEventListener('keydown', onKeyDown);
}

/** A surface that fades away still has the focus; keys are meant for what it covered. */
function isLeaving(target: HTMLElement): boolean {
  return target.closest('[data-closed]') !== null;
}

/** Whether letters that are pressed there are text. */
export function typesText(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement) || isLeaving(target)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement) return true;
  return (
    target instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'range'].includes(target.type)
  );
}

/** Space and Enter press the button or link that has the focus; arrows move within menus, lists and groups of choices. */
function takesKey(target: EventTarget | null, chord: string): boolean {
  if (!(target instanceof HTMLElement) || isLeaving(target)) return false;
  if (chord === 'Space' || chord === 'Enter') {
    return (
      target.closest('button, a[href], summary, [role="menuitem"], [role="option"], [role="checkbox"]') !==
      null
    );
  }
  if (['Up', 'Down', 'Left', 'Right', 'Home', 'End'].includes(chord)) {
    return (
      target.closest('[role="menu"], [role="listbox"], [role="radiogroup"], [role="tablist"], select') !==
      null
    );
  }
  return false;
}
