/** Imported first by the page's start, so that the first picture already has the theme and size of the last time. */
import { showRememberedLooks } from './looks.ts';

showRememberedLooks(document.documentElement, localStorage);
