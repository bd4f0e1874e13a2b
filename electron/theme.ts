/** The theme that the owner chose, followed by what main paints: the window's frame, and its ground at the next start. */
import { nativeTheme } from 'electron';
import { readWindowState, writeWindowState, type WindowState } from './window-state.ts';

/** Takes up the theme of the last time. */
export function startTheme(statePath: string): void {
  nativeTheme.themeSource = readWindowState(statePath).theme;
}

/** Follows a choice, and remembers it. */
export function followTheme(statePath: string, theme: WindowState['theme']): void {
  if (nativeTheme.themeSource === theme) return;
  nativeTheme.themeSource = theme;
  writeWindowState(statePath, { ...readWindowState(statePath), theme });
}
