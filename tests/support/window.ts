/** Everything that the window is tested with: photos in a home folder, a practice account, and the local host over them. */
import { mkdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { SheetQuery, SheetRow } from '#shared/sheet.ts';
import { jpeg, truncatedJpeg } from './pictures.ts';
import type { PracticeOptions } from './practice.ts';
import { temporaryFolder } from './tree.ts';
import { startWindowAccount, type WindowAccount } from './window-account.ts';
import { startWindowHost, type WindowHost } from './window-host.ts';
import { usualFacts } from './written-facts.ts';

/** Rows of one call, at most. */
const ROWS = 500;

/** Tags of a photo: concept name → value. */
export type Tags = Readonly<Record<string, 0 | 1>>;

/** What a studio is made of. */
export interface StudioOptions {
  /** Photos in the folder `Shoot` of the home folder. Default 0. */
  readonly photoCount?: number;
  /** Damaged pictures beside them. Default 0. */
  readonly brokenCount?: number;
  /** Takes the folder in before the first page comes. Default false. */
  readonly isTakenIn?: boolean;
  readonly account?: PracticeOptions;
  /** The account is a service at an address of its own: away, it stays away when the host is started. Default false. */
  readonly isAccountElsewhere?: boolean;
  /** Called with the data folder before the host is started. */
  readonly prepare?: (dataFolder: string) => void | Promise<void>;
  readonly env?: Readonly<Record<string, string>>;
  /** Permissions of files hold for the host, also when root runs the tests. Default false. */
  readonly isPerson?: boolean;
}

/** A person's machine with a running Tagalong. */
export interface Studio extends AsyncDisposable {
  readonly home: string;
  readonly dataFolder: string;
  readonly account: WindowAccount;
  /** The host that runs now. */
  host(): WindowHost;
  /** Starts the host again on the same data, at another address. */
  restart(how: 'in order' | 'kill'): Promise<WindowHost>;
  /** All photos in the order of capture, as the ledger has them. */
  rows(): Promise<readonly SheetRow[]>;
  /** Tags by photo name in the ledger; photos without a tag are left out. */
  ledgerTags(): Promise<ReadonlyMap<string, Tags>>;
  /** Tags by photo name at the account; photos without a tag are left out. */
  accountTags(): Promise<ReadonlyMap<string, Tags>>;
  /** Whether every photo is final and no tag waits. */
  isQuiet(): Promise<boolean>;
}

/** The sheet of everything, oldest first. */
export function wholeSheet(destinationId: number): SheetQuery {
  return { destinationId, filter: {}, groupBy: 'day', descending: false };
}

/** Name of the photo at a place (from 0) of the folder, in the order of capture. */
export function photoName(index: number): string {
  return `DSC_${String(index + 1).padStart(4, '0')}.jpg`;
}

/** Writes photos that are taken a minute apart; from `from` on. */
export async function writePhotos(folder: string, count: number, from = 0): Promise<void> {
  mkdirSync(folder, { recursive: true });
  for (let index = from; index < from + count; index += 1) {
    const exif = { ...usualFacts(index), keywords: [], rating: null };
    const bytes = await jpeg({ width: 720, height: 480, seed: index + 1, exif });
    await writeFile(path.join(folder, photoName(index)), bytes);
  }
}

/** Starts everything. Throw it away with `await using`. */
export async function startStudio(options: StudioOptions = {}): Promise<Studio> {
  const { photoCount = 0, env = {}, isPerson = false } = options;
  // What was started ends with a start that fails, and with the studio otherwise.
  await using started = new AsyncDisposableStack();
  const folder = started.use(await temporaryFolder());
  const home = path.join(folder.path, 'home');
  const dataFolder = path.join(folder.path, 'engine');
  mkdirSync(home);
  mkdirSync(dataFolder);
  if (photoCount > 0) await writePhotos(path.join(home, 'Shoot'), photoCount);
  for (let index = 0; index < (options.brokenCount ?? 0); index += 1) {
    const bytes = await truncatedJpeg(0.02, { seed: 900 + index });
    await writeFile(path.join(home, 'Shoot', `BROKEN_${index}.jpg`), bytes);
  }
  await options.prepare?.(dataFolder);
  const account = await startWindowAccount(
    path.join(options.isAccountElsewhere === true ? folder.path : dataFolder, 'practice'),
    options.account,
  );
  started.defer(() => account.stop());
  let host = await startWindowHost({ dataFolder, home, env, isPerson });
  started.defer(() => host.stop());
  const destination = async (): Promise<number> =>
    (await host.line.glance({ destinationId: null })).destinationId;

  async function rows(): Promise<readonly SheetRow[]> {
    const query = wholeSheet(await destination());
    const found: SheetRow[] = [];
    for (;;) {
      const part = await host.line.sheetRows({ query, from: found.length, count: ROWS });
      found.push(...part.rows);
      if (part.rows.length < ROWS) return found;
    }
  }

  if (options.isTakenIn === true) {
    const destinationId = await destination();
    await host.line.addFolders({ paths: [path.join(home, 'Shoot')], destinationId });
  }
  const whole = started.move();
  return {
    home,
    dataFolder,
    account,
    host: () => host,
    async restart(how) {
      await (how === 'kill' ? host.kill('group') : host.stop());
      host = await startWindowHost({ dataFolder, home, env, isPerson });
      return host;
    },
    rows,
    async ledgerTags() {
      return tagged((await rows()).map(({ name, tags }) => [name, tags.map((tag) => [tag.name, tag.value])]));
    },
    async accountTags() {
      const [all, byInput] = [await rows(), await account.tagsByInput()];
      return tagged(
        all.map(({ name, pictureHash }) => [
          name,
          Object.entries(byInput.get(pictureHash?.slice(0, 32) ?? '') ?? {}),
        ]),
      );
    },
    async isQuiet() {
      const { counts, editsWaiting, waitingPaths } = await host.line.glance({ destinationId: null });
      const { found, queued, sending, accepted, deleting } = counts;
      const waiting = [
        found,
        queued,
        sending,
        accepted,
        deleting,
        waitingPaths,
        editsWaiting.there,
        editsWaiting.withPhoto,
      ];
      return waiting.every((count) => count === 0);
    },
    [Symbol.asyncDispose]: () => whole.disposeAsync(),
  };
}

function tagged(
  photos: readonly (readonly [string | null, readonly (readonly [string, 0 | 1])[]])[],
): ReadonlyMap<string, Tags> {
  return new Map(
    photos
      .filter(([, tags]) => tags.length > 0)
      .map(([name, tags]) => [name ?? '', Object.fromEntries(tags.toSorted(([a], [b]) => (a < b ? -1 : 1)))]),
  );
}
