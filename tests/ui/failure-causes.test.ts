/** Every cause of a failure, produced for real: shown as a card, remedied by its button, sent again only for a reason. */
import { chmod, readFile, writeFile } from 'node:fs/promises';
import { errors, type Locator, type Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { png } from '../support/pictures.ts';
import { browser } from './browser.ts';
import { CAUSE_OF, startFailedShoot, type FailedName } from './failed-shoot.ts';
import { closeOutcome, openWindow, outcome, until, withTimes } from './page-model.ts';

/** What the card of each cause says, what its button is called, and what its photo says for itself. */
const CARDS: Readonly<
  Record<FailedName, { readonly sentence: string; readonly button: string; readonly said: readonly RegExp[] }>
> = {
  'heavy.jpg': {
    sentence: 'The picture is larger than the service takes (20 MB, 85 megapixels).',
    button: 'Send smaller copies',
    said: [/tried 1 time/u],
  },
  'half.jpg': {
    sentence: 'The picture is cut off: too little of it can be decoded. It has not been sent.',
    button: 'Send as it is',
    said: [/tried 1 time/u],
  },
  'locked.jpg': {
    sentence: 'The file cannot be read.',
    button: 'Look again',
    said: [/EACCES/u],
  },
  'gone.jpg': {
    sentence: 'The file was gone before its picture could be sent.',
    button: 'Look again',
    said: [/It is not there any more\./u],
  },
  'noise.png': {
    sentence: 'The file is not a readable picture: its data is damaged, or it is no picture at all.',
    button: 'Look again',
    said: [/tried 1 time/u],
  },
  'refused.jpg': {
    sentence: 'The service refused the picture.',
    button: 'Try again',
    said: [/Not this one\./u, /Code 30106/u, /Request \S+/u, /tried 1 time\b/u],
  },
  'stuck.jpg': {
    sentence: 'The service has the picture but could not index it.',
    button: 'Remove there and send again',
    said: [/No model could read it\./u, /Code 30002/u, /Request \S+/u, /tried 1 time\b/u],
  },
  'troubled.jpg': {
    sentence: 'The service kept failing on this picture.',
    button: 'Try now',
    said: [
      /Try again later\./u,
      /Code 30004/u,
      /Request \S+/u,
      /tried 5 times/u,
      withTimes(/Next attempt 00:00/u),
    ],
  },
};
const NAMES = Object.keys(CARDS) as FailedName[];

const STAYS = 'Nothing is tried again. 1 stays as it is:';
const LOOKS = 'The folders are looked through: what was repaired or brought back is taken in.';
const SAME = `${STAYS} as it was last read, the same would happen again. ${LOOKS}`;
const QUEUED = '1 photo is queued again.';

function cardOf(page: Page, name: FailedName): Locator {
  const sentence = CARDS[name].sentence.replaceAll(/[().]/gu, '\\$&');
  return page.getByRole('list', { name: 'Failures', exact: true }).getByRole('listitem', {
    name: new RegExp(`^1 (photo|file)\\s*${sentence}$`, 'u'),
  });
}

/** Whether the keyboard is among the failures, and in sight. */
function hasKeyboard(page: Page): Promise<boolean> {
  return page.evaluate(() => {
    const { activeElement } = document;
    return activeElement !== document.body && activeElement?.closest('main') !== null;
  });
}

it('eight causes are shown, remedied by their buttons, and nothing is sent again in vain', async () => {
  await using shoot = await startFailedShoot();
  const { studio, destinationId, at, posted, statuses } = shoot;
  const { line } = studio.host();
  const { page, problems, close } = await openWindow(browser, studio.host().address);
  await page.getByRole('button', { name: 'Failures, 7 need you' }).click();
  await page.getByRole('heading', { level: 1, name: 'Failures' }).waitFor();

  /** Presses the button of a card by keyboard, and waits for the sentence that says what it did. */
  async function remedy(name: FailedName, sentence: string): Promise<void> {
    await closeOutcome(page);
    await cardOf(page, name).getByRole('button', { name: CARDS[name].button, exact: true }).press('Enter');
    await until(() => outcome(page), sentence);
  }
  /** The same for a file that was repaired. The folder's watch may see that by itself, and the card is gone. */
  async function lookAgain(name: FailedName, sentence: string): Promise<void> {
    await closeOutcome(page);
    const card = cardOf(page, name);
    const button = card.getByRole('button', { name: CARDS[name].button, exact: true });
    await button.press('Enter', { timeout: 5000 }).catch((error: unknown) => {
      if (!(error instanceof errors.TimeoutError)) throw error;
    });
    await until(async () => (await card.isHidden()) || (await outcome(page)) === sentence, true);
  }
  /** Waits until the photo has failed no more and everything is still. */
  async function isMended(name: FailedName, others: readonly FailedName[]): Promise<void> {
    await cardOf(page, name).waitFor({ state: 'hidden' });
    // The keyboard is where the next card is, not at the beginning of the page.
    await until(() => hasKeyboard(page), true);
    await until(() => studio.isQuiet(), true);
    expect(await shoot.causes()).toEqual(others.map((one) => CAUSE_OF[one]).toSorted());
  }

  // Each is told with its number, sentence and button; opened, with its path and what was said of it.
  for (const name of NAMES) {
    const card = cardOf(page, name);
    await card.getByRole('button', { name: CARDS[name].button, exact: true }).waitFor();
    await card.getByRole('button', { name: 'Show it' }).click();
    await card.getByText(at(name), { exact: true }).waitFor();
    for (const words of CARDS[name].said) await card.getByText(words).first().waitFor();
  }
  const cards = page.getByRole('list', { name: 'Failures', exact: true }).getByRole('heading');
  expect(await cards.count()).toBe(NAMES.length);
  expect(await cardOf(page, 'troubled.jpg').innerText()).toMatch(withTimes(/\nNext attempt 00:00\n/u));

  // Nothing changed: what would fail the same way stays, one by one and all together.
  await remedy('noise.png', SAME);
  await remedy('gone.jpg', `${STAYS} no file is known that holds it. ${LOOKS}`);
  await remedy('locked.jpg', '1 file is read again.');
  await until(() => studio.isQuiet(), true);
  await page.getByRole('button', { name: 'Try all again' }).click();
  await until(
    () => outcome(page),
    '2 photos are queued again. 1 file is read again. 3 stay as they are: as they were last read, the same would ' +
      'happen again. 1 stays as it is: no file is known that holds it. 1 stays as it is: the service has it, and ' +
      `it has to be removed there first. ${LOOKS}`,
  );
  await until(() => shoot.causes(), Object.values(CAUSE_OF).toSorted());
  await until(() => studio.isQuiet(), true);
  // The service was asked to take the two that it had refused, and nothing else.
  expect([...new Set(await posted())].toSorted()).toEqual(['refused.jpg', 'troubled.jpg']);
  expect(await line.glance({ destinationId })).toMatchObject({ failureCount: 8, retryingCount: 1 });

  // The remedies, one after the other: what each says, does, and sends.
  const left = [...NAMES];
  const isNext = (name: FailedName): readonly FailedName[] => {
    left.splice(left.indexOf(name), 1);
    return left;
  };
  await remedy('heavy.jpg', QUEUED);
  await isMended('heavy.jpg', isNext('heavy.jpg'));
  expect(await posted()).toEqual(['heavy.jpg']);

  await remedy('half.jpg', QUEUED);
  await isMended('half.jpg', isNext('half.jpg'));
  expect(await posted()).toEqual(['half.jpg']);
  const sizes = (await studio.account.inputs()).map(({ bytes }) => bytes);
  expect(sizes).toContain(shoot.bytesOf('half.jpg').length);
  expect(sizes.every((bytes) => bytes !== null && bytes < 1_000_000)).toBe(true);

  await chmod(at('locked.jpg'), 0o644);
  await lookAgain('locked.jpg', '1 file is read again.');
  await isMended('locked.jpg', isNext('locked.jpg'));
  expect(await posted()).toEqual(['locked.jpg']);

  await writeFile(at('gone.jpg'), shoot.bytesOf('gone.jpg'));
  await lookAgain('gone.jpg', `${STAYS} no file is known that holds it. ${LOOKS}`);
  await isMended('gone.jpg', isNext('gone.jpg'));
  expect(await posted()).toEqual(['gone.jpg']);

  await writeFile(at('noise.png'), await png({ seed: 50 }));
  await lookAgain('noise.png', SAME);
  await isMended('noise.png', isNext('noise.png'));
  // Another picture, under an id of its own; the damaged one was never sent.
  const [repaired = '', ...more] = await posted();
  expect([repaired, more]).toEqual([expect.stringMatching(/^[0-9a-f]{32}$/u), []]);

  await shoot.endFault('refused.jpg');
  await remedy('refused.jpg', QUEUED);
  await isMended('refused.jpg', isNext('refused.jpg'));
  expect(await posted()).toEqual(['refused.jpg']);

  await shoot.endFault('troubled.jpg');
  await remedy('troubled.jpg', QUEUED);
  await isMended('troubled.jpg', isNext('troubled.jpg'));
  expect(await posted()).toEqual(['troubled.jpg']);

  // Removing at the service is asked for; the dialog begins at the answer that does nothing.
  await shoot.endFault('stuck.jpg');
  const remove = cardOf(page, 'stuck.jpg').getByRole('button', {
    name: CARDS['stuck.jpg'].button,
    exact: true,
  });
  const dialog = page.getByRole('dialog', { name: 'Remove 1 input at the service and send again?' });
  await closeOutcome(page);
  await remove.press('Enter');
  await dialog.waitFor();
  await page.keyboard.press('Enter');
  await dialog.waitFor({ state: 'hidden' });
  expect([await posted(), (await statuses())['stuck.jpg']]).toEqual([[], 30_002]);
  await remove.press('Enter');
  await dialog.getByRole('button', { name: 'Remove and send again' }).press('Enter');
  await until(() => outcome(page), QUEUED);
  await isMended('stuck.jpg', isNext('stuck.jpg'));
  expect(await posted()).toEqual(['stuck.jpg']);
  expect((await studio.account.stats()).requests['DELETE /inputs']?.count).toBe(1);

  // All of them are indexed, and none twice.
  const fine = NAMES.filter((name) => name !== 'noise.png');
  expect(await statuses()).toMatchObject(
    Object.fromEntries([...fine, 'fine.jpg', repaired].map((name) => [name, 30_000])),
  );
  expect((await studio.account.stats()).inputsStoredTwice).toBe(0);
  expect(await readFile(at('half.jpg'))).toEqual(shoot.bytesOf('half.jpg'));
  await page.getByText('Nothing needs you').waitFor();
  await page.getByRole('button', { name: 'Failures', exact: true }).waitFor();
  expect(problems).toEqual([]);
  await close();
}, 300_000);
