/** Words of the desktop's settings, and of what a tab shows of itself. */
import { frameText } from './frame.ts';

export const desktopText = {
  heading: 'Desktop',
  notifies: 'Notify me when a run has ended, and when something needs me',
  staysInTray: 'Go on working when the window is closed',
  staysWords: 'The icon in the tray opens the window again, pauses and quits.',
  opensAtLogin: 'Start when I log in, without a window',
  pausesOnBattery: 'Pause sending while the computer runs on its battery',
  batteryWords: 'Sending goes on by itself with mains power. A pause of your own stays.',
  notSaved: 'The setting could not be saved.',
  allow: 'Allow notifications',
  browserWords:
    'This page can tell when a run has ended, and when something needs you, while it is in the background.',
  allowed:
    'This page tells when a run has ended, and when something needs you, while it is in the background.',
  refused:
    'This browser does not let the page notify you. The settings of the browser for this page can allow it.',
  insecure: 'This browser notifies only for pages that come from this machine or over https.',
} as const;

/** The title of the tab: with the number of things that need the owner. */
export function tabTitle(needCount: number): string {
  return needCount === 0 ? frameText.appName : `(${needCount}) ${frameText.appName}`;
}
