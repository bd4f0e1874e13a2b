/** Imported first by the page's start, so that the first picture already has the theme of the last time. */
import { showRememberedTheme } from './theme.ts';

showRememberedTheme(document.documentElement, localStorage);
