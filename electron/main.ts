/** Entry of the desktop program. It decides nothing about photos: it brings engine, window and system together. */
import { join } from 'node:path';
import { app, dialog } from 'electron';
import { runDesktop } from './run-desktop.ts';
import { factsOf } from './host/last-words.ts';
import { makeDataFolder } from './host/data-folder.ts';
import { openFileLog } from './host/file-log.ts';
import { declareProtocols } from './protocols.ts';
import { becomeOnly } from './single-instance.ts';
import { placesAmong, readStartWords, type Places } from './start-words.ts';
import { DESKTOP_FOLDER } from '#shared/desktop.ts';

// `electron FOLDER …` has one word more than the packaged program.
const words = readStartWords(process.argv.slice(process.defaultApp ? 2 : 1), process.cwd());
makeDataFolder(words.dataFolder);
// Chromium's own files, and with them what makes this the only Tagalong: one per data folder.
app.setPath('userData', join(words.dataFolder, DESKTOP_FOLDER));
declareProtocols();

/** What came before anybody could take it. */
const early: Places[] = [];
let take = (places: Places): void => void early.push(places);
if (becomeOnly(words, (places) => take(places))) {
  const log = openFileLog(words.dataFolder);
  process.on('uncaughtException', (error) => {
    log.error('main-unexpected', factsOf(error));
    dialog.showErrorBox(
      'Tagalong has to end',
      'Something went wrong in the window’s program. Photos, tags and uploads are as they were saved; open Tagalong ' +
        'again, and it goes on where it stopped. The log in the data folder says more.',
    );
    app.exit(1);
  });
  // Electron would write it where nobody reads it.
  process.on('unhandledRejection', (error) => log.error('main-unexpected', factsOf(error)));
  // macOS: dropped on the icon, or opened with Tagalong.
  app.on('open-file', (event, path) => {
    event.preventDefault();
    take(placesAmong([path]));
  });
  void app.whenReady().then(() => {
    take = runDesktop(words, log);
    for (const places of early) take(places);
  });
} else app.exit(0);
