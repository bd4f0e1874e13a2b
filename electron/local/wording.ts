/** Numbers and remedies in the words of the terminal. */
import { REMEDIES, type Remedy } from '#shared/problems.ts';

/** A number of photos. */
export function photos(number: number): string {
  return number === 1 ? '1 photo' : `${number.toLocaleString('en')} photos`;
}

/** Bytes, decimal as the service counts them. */
export function megabytes(bytes: number): string {
  if (bytes >= 999_950_000) return `${(bytes / 1_000_000_000).toFixed(1)} GB`;
  if (bytes >= 999_500) return `${(bytes / 1_000_000).toFixed(1)} MB`;
  return `${Math.max(1, Math.round(bytes / 1000))} kB`;
}

/** How fast photos become final. */
export function pace(perSecond: number): string {
  if (perSecond < 0.1) return `${(perSecond * 60).toFixed(1)}/min`;
  return `${perSecond.toFixed(perSecond < 10 ? 1 : 0)}/s`;
}

/** How long something takes, in seconds. */
export function duration(seconds: number): string {
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  if (seconds < 90) return `${Math.round(seconds)} s`;
  if (seconds < 5400) return `${Math.round(seconds / 60)} min`;
  return `${(seconds / 3600).toFixed(1)} h`;
}

/** Remedies that are buttons in the window and commands here. */
const COMMANDS: Partial<Record<Remedy, string>> = {
  retry: 'Try again: tagalong retry',
  'send-as-it-is': 'Send it as it is: tagalong retry --as-it-is',
  'send-smaller-copy': 'Send a smaller copy: tagalong retry --smaller-copy',
  'remove-there-and-send-again':
    'Remove the input there and send the photo again: in the window, under Failures.',
  'fix-token':
    'Enter a valid personal access token (PAT): in CLARIFAI_PAT, or in the file "pat" in the data folder.',
};

/** What the owner can do, and how in a terminal. */
export function remedyWords(remedy: Remedy): string {
  return COMMANDS[remedy] ?? REMEDIES[remedy];
}
