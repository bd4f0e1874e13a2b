import { describe, expect, it } from 'vitest';
import { chordOf, keyCaps, type KeyPress } from '../../../renderer/src/commands/chord.ts';

function press(key: string, code: string, held: Partial<KeyPress> = {}): KeyPress {
  return { key, code, ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, ...held };
}
const shiftKey = true;
const altKey = true;
const ctrlKey = true;
const metaKey = true;

describe('the chord of a key press', () => {
  it.each([
    ['a letter', press('t', 'KeyT'), 'T'],
    ['a letter with Shift', press('T', 'KeyT', { shiftKey }), 'Shift+T'],
    ['a letter of another layout', press('z', 'KeyY'), 'Z'],
    ['Alt with a letter that types a sign on a Mac', press('∂', 'KeyD', { altKey }), 'Alt+D'],
    ['Alt with a dead key of a Mac', press('Dead', 'KeyE', { altKey }), 'Alt+E'],
    ['a digit', press('1', 'Digit1'), '1'],
    ['a digit with Shift', press('!', 'Digit1', { shiftKey }), 'Shift+1'],
    ['the digit row of a French keyboard', press('&', 'Digit1'), '1'],
    ['a digit of the number pad', press('7', 'Numpad7'), '7'],
    ['the number pad without Num Lock', press('Home', 'Numpad7'), 'Home'],
    ['a sign that needs Shift', press('?', 'Slash', { shiftKey }), '?'],
    ['a sign that needs none', press('/', 'Slash'), '/'],
    ['space', press(' ', 'Space'), 'Space'],
    ['arrows with Shift', press('ArrowLeft', 'ArrowLeft', { shiftKey }), 'Shift+Left'],
    ['Ctrl and Shift', press('Z', 'KeyZ', { ctrlKey, shiftKey }), 'Mod+Shift+Z'],
    ['Ctrl and plus', press('+', 'Equal', { ctrlKey, shiftKey }), 'Mod++'],
    ['the Windows key', press('k', 'KeyK', { metaKey }), 'Control+K'],
  ])('names %s', (_, pressed, chord) => {
    expect(chordOf(pressed, false)).toBe(chord);
  });

  it('takes ⌘ for Mod on a Mac, and leaves Ctrl apart', () => {
    expect(chordOf(press('k', 'KeyK', { metaKey }), true)).toBe('Mod+K');
    expect(chordOf(press('k', 'KeyK', { ctrlKey }), true)).toBe('Control+K');
  });

  it.each([
    press('Shift', 'ShiftLeft', { shiftKey }),
    press('Control', 'ControlLeft', { ctrlKey }),
    press('Dead', 'Quote'),
    press('Process', 'KeyA'),
  ])('is none for $key alone', (pressed) => {
    expect(chordOf(pressed, false)).toBeNull();
  });

  it('is shown as the keys of the platform are called', () => {
    expect(keyCaps('Mod+Shift+Z', true)).toEqual(['⌘', '⇧', 'Z']);
    expect(keyCaps('Mod+Left', false)).toEqual(['Ctrl', '←']);
    expect(keyCaps('G S', false)).toEqual(['G', 'S']);
    expect(keyCaps('Mod++', false)).toEqual(['Ctrl', '+']);
    expect(keyCaps('+', false)).toEqual(['+']);
  });
});
