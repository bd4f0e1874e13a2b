/** What the plain-Node host does for a page: no dialogs and no keychain, but their honest counterparts. */
import { homedir } from 'node:os';
import { z } from 'zod';
import manifest from '../../package.json' with { type: 'json' };
import type { Remote } from '#shared/calls.ts';
import type { HostCalls, HostFacts, LedgerExchanged } from '#shared/host-api.ts';
import { sayingNoHome } from '../engine/without-home.ts';
import { placeDemo } from '../host/demo-folder.ts';
import { listFolder } from './list-folder.ts';
import { forgetPat, patPlace, savePat } from '../host/pat.ts';

const nothing = z.strictObject({});
const which = z.strictObject({ path: z.string().min(1).nullable() });
const baseUrl = z.url({ protocol: /^https?$/u, error: 'The address has to begin with https://.' });
const addressed = z.strictObject({ baseUrl });
const dated = z.strictObject({ at: z.int() });
const given = z.strictObject({ baseUrl, pat: z.string() });

export interface LocalHostOptions {
  readonly dataFolder: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** What a thumbnail's name is put behind. */
  readonly thumbnailBase: string;
  readonly isDemo: boolean;
  /** Makes the backup of a time the ledger, and starts the engine on it. */
  goBack(at: number): Promise<LedgerExchanged>;
  /** The top of what the folder chooser shows. Default: the home folder. */
  readonly home?: string;
}

/** Makes the calls. */
export function createHostCalls(options: LocalHostOptions): Remote<HostCalls> {
  const { dataFolder, env } = options;
  return sayingNoHome<Remote<HostCalls>>({
    hostFacts: async (argument) => {
      nothing.parse(argument);
      return {
        kind: 'local',
        version: manifest.version,
        platform: platformOf(process.platform),
        hasFolderDialog: false,
        canReveal: false,
        patStore: (env['CLARIFAI_PAT'] ?? '').trim() === '' ? 'file' : 'environment',
        thumbnailBase: options.thumbnailBase,
        isDemo: options.isDemo,
      };
    },
    chooseFolders: () => Promise.reject(new Error('There is no folder dialog here. Choose in the page.')),
    listFolder: async (argument) => listFolder(options.home ?? homedir(), which.parse(argument).path),
    reveal: () =>
      Promise.reject(new Error('A file cannot be shown in its folder from here. Copy its path instead.')),
    demoFolder: async (argument) => {
      nothing.parse(argument);
      return { path: await placeDemo(dataFolder) };
    },
    savePat: async (argument) => {
      await savePat(given.parse(argument), { dataFolder, env });
      return { store: 'file' };
    },
    patPlace: async (argument) => patPlace(addressed.parse(argument).baseUrl, { dataFolder, env }),
    forgetPat: async (argument) => {
      const { baseUrl } = addressed.parse(argument);
      await forgetPat(baseUrl, { dataFolder });
      return patPlace(baseUrl, { dataFolder, env });
    },
    goBackToBackup: async (argument) => options.goBack(dated.parse(argument).at),
    saveText: () => Promise.reject(new Error('The browser saves files by itself. Use its download.')),
    desktop: async (argument) => {
      nothing.parse(argument);
      return null;
    },
    saveDesktop: () =>
      Promise.reject(new Error('Tagalong runs in a browser here. It has no desktop to set up.')),
    updateTagalong: () =>
      Promise.reject(
        new Error('Tagalong is brought up to date here as it was installed, not by its window.'),
      ),
  });
}

function platformOf(platform: NodeJS.Platform): HostFacts['platform'] {
  return platform === 'darwin' || platform === 'win32' || platform === 'linux' ? platform : 'other';
}
