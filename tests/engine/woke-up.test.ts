/** What the engine does when its host says that the computer was asleep. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { startEngineHere } from '../support/engine-here.ts';
import { jpeg } from '../support/pictures.ts';
import { temporaryFolder, writeTree } from '../support/tree.ts';

it('looks through every folder for what came meanwhile', async () => {
  await using folder = await temporaryFolder();
  await writeTree(folder.path, {
    'one/a.jpg': await jpeg({ seed: 1 }),
    'two/b.jpg': await jpeg({ seed: 2 }),
  });
  const [one, two] = ['one', 'two'].map((name) => path.join(folder.path, name)) as [string, string];
  // Nothing is watched: what comes is found by looking only.
  await using here = await startEngineHere({ watches: false });
  await here.ingest(one, two);
  await here.untilSynced(one, two);
  for (const [index, place] of [one, two].entries()) {
    await writeFile(path.join(place, 'new.jpg'), await jpeg({ seed: 7 + index }));
  }
  expect(here.files()).toHaveLength(2);
  await here.engine.api.wokeUp({});
  await here.untilSynced(one, two);
  expect(here.files()).toHaveLength(4);
});
