/** Words of the desktop's settings, and of what a tab shows of itself. */
import type { UpdateAct, UpdateState } from '#shared/desktop.ts';
import { frameText } from './frame.ts';

const percent = new Intl.NumberFormat(undefined, { style: 'percent', maximumFractionDigits: 0 });

export const desktopText = {
  heading: 'Desktop',
  notifies: 'Notify me when a run has ended, and when something needs me',
  staysInTray: 'Go on working when the window is closed',
  staysWords:
    'The icon in the tray opens the window again, pauses and quits. Where there is no tray, open Tagalong once more.',
  opensAtLogin: 'Start when I log in, without a window',
  pausesOnBattery: 'Pause sending while the computer runs on its battery',
  pausesOnMetered: 'Pause sending while the network is metered',
  batteryWords:
    'Sending goes on by itself when that is over, and the queue can send all the same. A pause of your own stays.',
  notSaved: 'The setting could not be saved.',
  looksForUpdates: 'Look for new versions of Tagalong',
  updateWords:
    'At the start and once a day the address that Tagalong came from is asked for the newest version. Nothing but that ' +
    'request is sent: nothing about you, this computer or your photos. Nothing is downloaded or replaced unless you ' +
    'say so.',
  update(update: UpdateState, version: string): string {
    if (update.state === 'none') return `This is version ${version}.`;
    if (update.state === 'ready') return `Version ${update.version} is ready.`;
    if (update.state === 'loading') {
      return `Version ${update.version} is being downloaded: ${percent.format(update.fraction)}`;
    }
    return update.hasFailed
      ? `Version ${update.version} could not be downloaded.`
      : `Version ${update.version} can be had.`;
  },
  lookNow: 'Look now',
  noneNewer: 'There is no newer version.',
  updateFailed: {
    look: 'It could not be found out whether there is a newer version. The log says more.',
    load: 'The newer version could not be downloaded. The log says more.',
    restart: 'Tagalong could not be restarted. Quit it and open it again.',
  } as Readonly<Record<UpdateAct, string>>,
  download: 'Download',
  downloadAgain: 'Try again',
  restart: 'Restart to use it',
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
