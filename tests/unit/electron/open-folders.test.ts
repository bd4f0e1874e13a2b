/** What is opened with Tagalong: one question for all of it, however the system names it. */
import { describe, expect, it, vi } from 'vitest';
import { gatherPlaces } from '../../../electron/open-folders.ts';
import type { Places } from '../../../electron/start-words.ts';
import { createFakeClock } from '../../support/fake-clock.ts';

const electron = await vi.hoisted(async () =>
  (await import('../../support/electron-stand-in.ts')).createElectronStandIn(),
);
vi.mock('electron', () => electron.parts);

/** Gathers; whoever takes waits for an answer. */
function start() {
  const clock = createFakeClock();
  const taken: Places[] = [];
  const answers: (() => void)[] = [];
  const take = gatherPlaces(clock, (places) => {
    taken.push(places);
    return new Promise((resolve) => answers.push(resolve));
  });
  return {
    clock,
    taken,
    opens: (...opened: string[]) => take({ folders: [], opened }),
    drops: (...folders: string[]) => take({ folders, opened: [] }),
    answer: async () => {
      answers.shift()?.();
      await clock.advance(1000);
    },
  };
}

describe('what is opened', () => {
  it('is taken together when it comes photo by photo, each folder once', async () => {
    const { clock, taken, opens, drops } = start();
    for (let photo = 0; photo < 20; photo += 1) opens('/photos/Wedding');
    opens('/photos/Coast');
    drops('/cards');
    await clock.advance(1000);
    expect(taken).toEqual([{ folders: ['/cards'], opened: ['/photos/Wedding', '/photos/Coast'] }]);
  });

  it('waits while there is a question, and is not asked about again that is in question', async () => {
    const { clock, taken, opens, answer } = start();
    opens('/photos/Wedding');
    await clock.advance(1000);
    opens('/photos/Wedding');
    opens('/photos/Coast', '/photos/Wedding');
    await clock.advance(60_000);
    expect(taken).toHaveLength(1);
    await answer();
    expect(taken.slice(1)).toEqual([{ folders: [], opened: ['/photos/Coast'] }]);
    opens('/photos/Coast');
    await answer();
    expect(taken).toHaveLength(2);
    // Opened anew, after the answer.
    opens('/photos/Wedding');
    await clock.advance(1000);
    expect(taken.slice(2)).toEqual([{ folders: [], opened: ['/photos/Wedding'] }]);
  });
});
