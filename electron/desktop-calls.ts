/** What the page asks of the desktop. */
import { writeFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { app, BrowserWindow, dialog, shell } from 'electron';
import { THUMBNAIL_BASE } from './channels.ts';
import { leadsBelow } from './engine/path-relations.ts';
import { sayingNoHome } from './engine/without-home.ts';
import { placeDemo } from './host/demo-folder.ts';
import { patOfEnvironment, patPlace } from './host/pat.ts';
import type { TokenStore } from './token-store.ts';
import type { Remote } from '#shared/calls.ts';
import type { DesktopChange, DesktopState, UpdateAct } from '#shared/desktop.ts';
import type { EngineCalls } from '#shared/engine-api.ts';
import type { HostCalls, HostFacts, PatStore } from '#shared/host-api.ts';

export interface DesktopOptions {
  readonly dataFolder: string;
  readonly isDemo: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly tokens: TokenStore;
  engine(): Promise<Pick<Remote<EngineCalls>, 'status'>>;
  readonly desktop: DesktopPowers;
  readonly platform?: NodeJS.Platform;
}

/** The settings of the desktop, as they are and to change; and what becomes of a newer version. */
export interface DesktopPowers {
  state(): DesktopState;
  save(change: DesktopChange): void;
  update(act: UpdateAct): Promise<void>;
}

/** Makes the calls. */
export function createDesktopCalls(options: DesktopOptions): Remote<HostCalls> {
  const { dataFolder, isDemo, env, tokens } = options;
  const isGiven = (env['CLARIFAI_PAT'] ?? '').trim() !== '';
  const store = (): PatStore => (isGiven ? 'environment' : tokens.kind());
  return sayingNoHome<Remote<HostCalls>>({
    hostFacts: () =>
      Promise.resolve({
        kind: 'electron',
        version: app.getVersion(),
        platform: platformOf(options.platform ?? process.platform),
        hasFolderDialog: true,
        canReveal: true,
        patStore: store(),
        thumbnailBase: THUMBNAIL_BASE,
        isDemo,
      }),
    async chooseFolders() {
      const [window] = BrowserWindow.getAllWindows();
      const choice = {
        properties: ['openDirectory', 'multiSelections'] as ('openDirectory' | 'multiSelections')[],
      };
      const { canceled, filePaths } = await (window === undefined
        ? dialog.showOpenDialog(choice)
        : dialog.showOpenDialog(window, choice));
      return canceled ? [] : filePaths;
    },
    listFolder: () => Promise.reject(new Error('Folders are chosen in the system’s dialog here.')),
    async reveal({ path }) {
      const { folders } = await (await options.engine()).status({});
      const tops = [dataFolder, ...folders.map((folder) => folder.path)];
      if (!tops.some((top) => leadsBelow(path, top))) {
        throw new Error('Only files in watched folders can be shown. Add the folder first.');
      }
      shell.showItemInFolder(resolve(path));
      return null;
    },
    demoFolder: async () => ({ path: await placeDemo(dataFolder) }),
    async savePat({ baseUrl, pat }) {
      if (patOfEnvironment(baseUrl, { dataFolder, env }) !== null) {
        throw new Error(
          'Tagalong was started with a token for this address (CLARIFAI_PAT), which goes before any other. ' +
            'Start it without, and enter the token again.',
        );
      }
      await tokens.save(baseUrl, pat);
      return { store: tokens.kind() };
    },
    async patPlace({ baseUrl }) {
      const elsewhere = await patPlace(baseUrl, { dataFolder, env });
      if (elsewhere.store === 'environment') return elsewhere;
      try {
        const isKept = (await tokens.read(baseUrl)) !== null;
        return isKept ? { store: tokens.kind(), trouble: null } : elsewhere;
      } catch (error) {
        return { store: tokens.kind(), trouble: error instanceof Error ? error.message : String(error) };
      }
    },
    async saveText({ name, text }) {
      const [window] = BrowserWindow.getAllWindows();
      const choice = { defaultPath: basename(name) };
      const { canceled, filePath } = await (window === undefined
        ? dialog.showSaveDialog(choice)
        : dialog.showSaveDialog(window, choice));
      if (canceled || filePath === '') return { isSaved: false };
      await writeFile(filePath, text, 'utf8');
      return { isSaved: true };
    },
    desktop: () => Promise.resolve(options.desktop.state()),
    saveDesktop: (change) => {
      options.desktop.save(change);
      return Promise.resolve(options.desktop.state());
    },
    updateTagalong: async ({ act }) => {
      await options.desktop.update(act);
      return options.desktop.state();
    },
  });
}

function platformOf(platform: NodeJS.Platform): HostFacts['platform'] {
  return platform === 'darwin' || platform === 'win32' || platform === 'linux' ? platform : 'other';
}
