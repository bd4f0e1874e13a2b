/** The screens of queue, failures, account and settings, over a furnished studio. */
import type { Locator, Page } from 'playwright-core';
import { cursorToFirst, goTo, until } from './page-model.ts';
import type { Screen } from './screens.ts';

/** A card of the failures, by what its sentence begins with. */
async function failureCard(page: Page, cause: RegExp): Promise<Locator> {
  await goTo(page, 'Failures');
  const card = page.getByRole('list', { name: 'Failures' }).getByRole('listitem').filter({ hasText: cause });
  await card.first().waitFor();
  return card.first();
}

async function folderAct(page: Page, act: string): Promise<Locator> {
  await goTo(page, 'Account');
  await page.getByRole('button', { name: `${act} Shoot` }).click();
  const dialog = page.getByRole('dialog');
  await dialog.waitFor();
  return dialog;
}

/** Goes to a section of the settings: by its name beside them, or in the menu of a small window. */
async function section(page: Page, name: string): Promise<void> {
  await goTo(page, 'Settings');
  const menu = page.getByRole('button', { name: 'Go to a section' });
  if (await menu.isVisible()) {
    await menu.click();
    await page.getByRole('menuitem', { name, exact: true }).click();
  } else {
    await page
      .getByRole('navigation', { name: 'Sections' })
      .getByRole('button', { name, exact: true })
      .click();
  }
  const heading = page.getByRole('heading', { level: 2, name, exact: true });
  await until(() => heading.evaluate((one) => document.activeElement === one), true);
}

const SECTIONS = [
  'Appearance',
  'Accounts and folders',
  'Sending photos',
  'Desktop',
  'Data',
  'Help',
  'Key sets',
  'Keys',
] as const;

/** All of them; each begins and ends where a page shows any place with nothing over it. */
export const PLACE_SCREENS: readonly Screen[] = [
  { name: 'queue', open: async (page) => void (await goTo(page, 'Queue')) },
  { name: 'failures', open: async (page) => void (await failureCard(page, /refused/u)) },
  {
    name: 'failures-shown',
    async open(page) {
      const card = await failureCard(page, /refused/u);
      await card.getByRole('button', { name: /^Show/u }).click();
      await card.getByText('Not this one.').first().waitFor();
      await card
        .getByRole('checkbox', { name: /^Choose/u })
        .first()
        .click();
      await card.getByText('1 chosen').waitFor();
    },
  },
  {
    name: 'failures-remove',
    async open(page) {
      const card = await failureCard(page, /could not be indexed|index/u);
      await card.getByRole('button', { name: 'Remove there and send again' }).click();
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'account',
    async open(page) {
      await goTo(page, 'Account');
      await page.getByText('It has no token here').waitFor();
      await page.getByText('Last look through').waitFor();
    },
  },
  {
    name: 'account-checked',
    async open(page) {
      await goTo(page, 'Account');
      await page.getByRole('button', { name: 'Check Practice account' }).click();
      await page.getByText(/^The account works/u).waitFor();
      await page.getByRole('button', { name: /^Check ann/u }).click();
      await page.getByText('There is no token for this account').waitFor();
    },
  },
  {
    name: 'account-token',
    async open(page) {
      await goTo(page, 'Account');
      await page.getByRole('button', { name: /^Enter a token for ann/u }).click();
      await page.getByLabel('Personal access token').waitFor();
    },
  },
  {
    name: 'account-new',
    async open(page) {
      await goTo(page, 'Account');
      await page.getByRole('button', { name: 'Add an account' }).click();
      await page.getByLabel('User id').waitFor();
    },
  },
  { name: 'folder-change', open: async (page) => void (await folderAct(page, 'Change')) },
  {
    name: 'folder-excludes',
    async open(page) {
      const dialog = await folderAct(page, 'Change');
      await dialog.getByLabel('Add a pattern').fill('*3.jpg');
      await page.keyboard.press('Enter');
      await dialog.getByText(/^Leaves out/u).waitFor();
      await dialog.getByLabel('Add a pattern').fill('[');
      await page.keyboard.press('Enter');
      await dialog.getByText('a bracket is not closed').waitFor();
    },
  },
  {
    name: 'folder-destination',
    async open(page) {
      const dialog = await folderAct(page, 'Change');
      await dialog
        .getByRole('region', { name: 'Goes to' })
        .getByRole('button', { name: 'Practice account' })
        .click();
      await page.getByRole('menu').waitFor();
    },
  },
  { name: 'folder-removal', open: async (page) => void (await folderAct(page, 'Stop watching')) },
  {
    name: 'leaving',
    async open(page) {
      await cursorToFirst(page);
      const leaving = page.getByRole('region', { name: 'What leaves this computer' });
      await leaving.getByText('The request itself').click();
      await leaving.locator('code').waitFor();
      await leaving.scrollIntoViewIfNeeded();
    },
  },
  ...SECTIONS.map((name) => ({
    name: `settings-${name.toLowerCase().replaceAll(' ', '-')}`,
    open: (page: Page) => section(page, name),
  })),
  {
    name: 'settings-new-key',
    async open(page) {
      await section(page, 'Keys');
      await page
        .getByRole('button', { name: /^Change the keys/u })
        .first()
        .click();
      await page.getByText('Press the new keys').first().waitFor();
      // The one that everything is undone with.
      await page.keyboard.press('Control+z');
      await page.getByRole('textbox', { name: /Press the new keys/u }).waitFor();
    },
  },
  {
    name: 'settings-diagnostics',
    async open(page) {
      await section(page, 'Help');
      await page.getByRole('button', { name: 'Look at diagnostics', exact: true }).click();
      await page.getByRole('region', { name: 'The diagnostics' }).waitFor();
    },
  },
  {
    name: 'settings-edit-key-sets',
    async open(page) {
      await section(page, 'Key sets');
      await page.getByRole('button', { name: 'Edit key sets', exact: true }).click();
      await page.getByRole('dialog').waitFor();
    },
  },
];
