/** What is taken in without the page's asking: folders of a start, of the program's icon, and the demo shoot. */
import { basename } from 'node:path';
import { dialog } from 'electron';
import type { Clock } from './engine/clock.ts';
import { leadsBelow } from './engine/path-relations.ts';
import { destinationOf } from './host/account-options.ts';
import { placeDemo } from './host/demo-folder.ts';
import { createLooks } from './looks.ts';
import { NOWHERE, type Places } from './start-words.ts';
import type { Remote } from '#shared/calls.ts';
import type { EngineCalls } from '#shared/engine-api.ts';
import type { DestinationChoice } from '#shared/glance.ts';

/** So long what is opened waits for its neighbours, in ms: systems name the photos of one opening one by one. */
const GATHER_MS = 300;

/**
 * Takes places in one after the other. What comes within a moment, or while the owner is asked, comes together; what is
 * in question is not asked about again.
 *
 * @param take never rejects
 */
export function gatherPlaces(
  clock: Clock,
  take: (places: Places) => Promise<void>,
): (places: Places) => void {
  let waiting = NOWHERE;
  let taken = NOWHERE;
  const takes = createLooks(clock, GATHER_MS, async () => {
    [taken, waiting] = [waiting, NOWHERE];
    await take(taken);
    taken = NOWHERE;
  });
  return ({ folders, opened }) => {
    const unasked = opened.filter((path) => !taken.opened.includes(path));
    if (folders.length + unasked.length === 0) return;
    waiting = {
      folders: [...new Set([...waiting.folders, ...folders])],
      opened: [...new Set([...waiting.opened, ...unasked])],
    };
    takes.soon();
  };
}

/** Watches folders for the destination that was looked at last; the practice account when there is none yet. */
export async function addFolders(
  engine: Pick<Remote<EngineCalls>, 'glance' | 'addFolders'>,
  paths: readonly string[],
): Promise<void> {
  if (paths.length === 0) return;
  const { destinationId } = await engine.glance({ destinationId: null });
  await engine.addFolders({ paths, destinationId });
}

/** Watches folders; those that were opened only if the owner agrees, and nobody is asked about what is watched already. */
export async function takePlaces(
  engine: Pick<Remote<EngineCalls>, 'glance' | 'status' | 'addFolders'>,
  { folders, opened }: Places,
): Promise<void> {
  await addFolders(engine, folders);
  if (opened.length === 0) return;
  const { folders: watched } = await engine.status({});
  const unknown = [...new Set(opened)].filter(
    (path) => !watched.some((folder) => folder.path === path || leadsBelow(path, folder.path)),
  );
  if (unknown.length === 0) return;
  const { destinations, destinationId } = await engine.glance({ destinationId: null });
  if (
    await askToWatch(
      unknown,
      destinations.find(({ id }) => id === destinationId),
    )
  )
    await addFolders(engine, unknown);
}

async function askToWatch(
  paths: readonly string[],
  account: DestinationChoice | undefined,
): Promise<boolean> {
  const [path = ''] = paths;
  const { response } = await dialog.showMessageBox({
    type: 'question',
    title: 'Tagalong',
    message: paths.length === 1 ? `Watch “${basename(path)}”?` : `Watch ${paths.length} folders?`,
    detail:
      `${paths.join('\n')}\n\nTagalong watches whole folders. It shows the photos in them, and sends them to ` +
      `${accountWords(account)}.`,
    buttons: ['Watch', 'Cancel'],
    defaultId: 0,
    cancelId: 1,
    noLink: true,
  });
  return response === 0;
}

function accountWords(account: DestinationChoice | undefined): string {
  if (account === undefined || account.isPractice) return 'the practice account on this computer';
  return `the app ${account.appId} of ${account.userId}`;
}

/** What a start is asked for. */
export interface FirstOrders {
  readonly isDemo: boolean;
  readonly dataFolder: string;
  readonly folders: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * Does what a start asks for: the demo shoot goes to the practice account; the account that the environment names
 * becomes the one that is looked at, and the folders' destination.
 */
export async function takeFirstOrders(
  engine: Pick<
    Remote<EngineCalls>,
    'glance' | 'addFolders' | 'startIngest' | 'addDestination' | 'saveViewSettings'
  >,
  { isDemo, dataFolder, folders, env }: FirstOrders,
): Promise<void> {
  if (isDemo) {
    const shoot = await placeDemo(dataFolder);
    await engine.startIngest({ folders: [shoot], destination: null, concepts: ['demo'], notConcepts: [] });
    return;
  }
  const { CLARIFAI_USER_ID: user = '', CLARIFAI_APP_ID: app = '' } = env;
  const names = user.trim() === '' || app.trim() === '' ? null : destinationOf({}, env);
  if (names !== null) {
    const { destinationId } = await engine.addDestination(names);
    await engine.saveViewSettings({ settings: { destinationId } });
  }
  await addFolders(engine, folders);
}
