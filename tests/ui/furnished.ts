/** A studio as it is after a while of use, so that every screen has something to show. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { jpeg } from '../support/pictures.ts';
import { startStudio, type Studio } from '../support/window.ts';
import { useKeySet } from './key-set.ts';
import { until } from './page-model.ts';

/** Photos in several states, failures of every kind of remedy, tags, keywords, a key set, two accounts, a backup. */
export async function startFurnishedStudio(): Promise<Studio> {
  await using started = new AsyncDisposableStack();
  const studio = started.use(await startStudio({ photoCount: 24, brokenCount: 2 }));
  const { line } = studio.host();
  const { destinationId } = await line.glance({ destinationId: null });
  await line.addDestination({ baseUrl: 'https://api.clarifai.com', userId: 'ann', appId: 'weddings' });
  await studio.account.setFaults([
    { kind: 'indexing-failure', every: 9 },
    { kind: 'per-input', code: 30_106, every: 11, details: 'Not this one.' },
  ]);
  const shoot = path.join(studio.home, 'Shoot');
  const exif = { keywords: ['church', 'flowers'] };
  await writeFile(path.join(shoot, 'KEYWORDS.jpg'), await jpeg({ seed: 700, exif }));
  await writeFile(path.join(shoot, 'EMPTY.jpg'), '');
  await line.addFolders({ paths: [shoot], destinationId });
  await until(async () => (await studio.rows()).filter(({ hasThumbnails }) => hasThumbnails).length, 25);
  await until(async () => (await line.keywordMapping({})).keywords.length, 2);
  await until(() => studio.isQuiet(), true);
  await useKeySet(studio, { 1: 'bride', 2: 'cake', 3: 'first dance' }, 'Wedding');
  const [first, second] = await studio.rows();
  const photoIds = [first, second].map((row) => row?.photoId ?? -1);
  await line.tag({ target: { photoIds }, wishes: [{ concept: { name: 'bride' }, value: 1 }], destinationId });
  await line.tag({
    target: { photoIds: photoIds.slice(1) },
    wishes: [{ concept: { name: 'cake' }, value: 0 }],
    destinationId,
  });
  await line.backUp({});
  started.move();
  return studio;
}
