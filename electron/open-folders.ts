/** What is taken in without the page's asking: folders of a start, of the program's icon, and the demo shoot. */
import { destinationOf } from './host/account-options.ts';
import { placeDemo } from './host/demo-folder.ts';
import type { Remote } from '#shared/calls.ts';
import type { EngineCalls } from '#shared/engine-api.ts';

/** Watches folders for the destination that was looked at last; the practice account when there is none yet. */
export async function addFolders(
  engine: Pick<Remote<EngineCalls>, 'glance' | 'addFolders'>,
  paths: readonly string[],
): Promise<void> {
  if (paths.length === 0) return;
  const { destinationId } = await engine.glance({ destinationId: null });
  await engine.addFolders({ paths, destinationId });
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
