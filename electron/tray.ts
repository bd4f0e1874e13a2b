/** The tray's icon. What it shows is decided in tray-menu. */
import { join } from 'node:path';
import { Menu, nativeImage, Tray } from 'electron';
import { trayPicture, traySentence, trayTemplate, type TrayPowers, type TrayState } from './tray-menu.ts';

export interface ShownTray {
  show(state: TrayState): void;
}

/** Puts the icon up. @param pictures absolute path of the folder with its pictures */
export function openTray(pictures: string, platform: NodeJS.Platform, powers: TrayPowers): ShownTray {
  const pictureOf = (state: TrayState): Electron.NativeImage => {
    const image = nativeImage.createFromPath(join(pictures, `tray-${trayPicture(state)}.png`));
    // macOS paints such pictures in the colour of its menu bar.
    if (platform === 'darwin') image.setTemplateImage(true);
    return image;
  };
  let tray: Tray | null = null;
  let shown = '';
  return {
    show(state) {
      const template = trayTemplate(state, powers);
      // A menu that is put up anew closes the one that is open.
      const looks = JSON.stringify([trayPicture(state), template]);
      if (looks === shown) return;
      shown = looks;
      const image = pictureOf(state);
      if (tray === null) {
        tray = new Tray(image);
        tray.on('click', () => {
          // There a click opens the menu. On Linux it may too; then no click is told.
          if (platform !== 'darwin') powers.open();
        });
      } else tray.setImage(image);
      tray.setToolTip(`Tagalong: ${traySentence(state)}`);
      tray.setContextMenu(Menu.buildFromTemplate(template));
    },
  };
}
