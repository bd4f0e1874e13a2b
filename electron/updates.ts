/** The feed of new versions: the only file that knows electron-updater. */
import type { AppUpdater } from 'electron-updater';

/** The feed that the package names. */
export interface Feed {
  /** A newer version; null: there is none. */
  look(): Promise<string | null>;
  /** Downloads the version that was found last, and checks it. @param onPart hears how much is here, 0 to 1 */
  load(onPart: (fraction: number) => void): Promise<void>;
  /** Puts it in place and starts it; the program ends of it. @param onFailure it could not be put in place */
  install(onFailure: (error: Error) => void): void;
}

/** Null: this program does not bring itself up to date, as one that its own system installed. */
export async function openFeed(): Promise<Feed | null> {
  const { default: parts } = await import('electron-updater');
  const updater: AppUpdater = parts.autoUpdater;
  if (!updater.isUpdaterActive()) return null;
  // It would write addresses and paths.
  updater.logger = null;
  updater.autoDownload = false;
  // Nothing is put in place unless the owner says so: least of all while the system shuts down.
  updater.autoInstallOnAppQuit = false;
  // In its place the feed would hear a number that names this computer.
  updater.requestHeaders = { 'x-user-staging-id': 'none' };
  return {
    async look() {
      const found = await updater.checkForUpdates();
      return found?.isUpdateAvailable === true ? found.updateInfo.version : null;
    },
    async load(onPart) {
      const hear = ({ percent }: { readonly percent: number }): void => onPart(percent / 100);
      updater.on('download-progress', hear);
      try {
        await updater.downloadUpdate();
      } finally {
        updater.off('download-progress', hear);
      }
    },
    install(onFailure) {
      updater.once('error', onFailure);
      updater.quitAndInstall(true, true);
    },
  };
}
