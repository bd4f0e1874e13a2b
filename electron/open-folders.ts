/** Folders that come from outside the window: a second start, the program's icon, the command line. */
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
