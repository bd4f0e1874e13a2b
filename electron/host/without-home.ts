/** Takes the home folder, and with it the name of its user, out of what may be shown to others. */
import { homedir } from 'node:os';

/** `/home/jane/Pictures` → `~/Pictures`. @param home as it stands in the text; default: that of this user */
export function withoutHome(text: string, home: string = homedir()): string {
  // A home at the top of the disk says nothing of anybody, and stands in every path.
  if (home.length < 2) return text;
  return text.replaceAll(home, '~');
}
