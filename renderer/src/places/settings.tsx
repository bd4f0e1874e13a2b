import type { ReactNode } from 'react';
import { useCommands } from '../commands/use-commands.tsx';
import { usePlace } from '../frame/use-place.tsx';
import { dataText, helpText } from '../text/care.ts';
import { commandText } from '../text/commands.ts';
import { desktopText } from '../text/desktop.ts';
import { frameText } from '../text/frame.ts';
import { settingsText as text } from '../text/places.ts';
import { sendingText } from '../text/sending.ts';
import { DesktopSettingsSection } from './settings-desktop.tsx';
import { KeySettings } from './settings-keys.tsx';
import { SectionPage, type PageSection } from './section-page.tsx';
import { AccountSettings } from './settings-accounts.tsx';
import { AppearanceSettings } from './settings-appearance.tsx';
import { DataSettings } from './settings-data.tsx';
import { HelpSettings } from './settings-help.tsx';
import { KeySetSettings } from './settings-key-sets.tsx';
import { SendingSettingsSection } from './settings-sending.tsx';

const SECTIONS: readonly PageSection[] = [
  { id: 'appearance', title: text.appearance, content: <AppearanceSettings /> },
  { id: 'account-settings', title: text.accounts, content: <AccountSettings /> },
  { id: 'sending', title: sendingText.heading, content: <SendingSettingsSection /> },
  { id: 'desktop', title: desktopText.heading, content: <DesktopSettingsSection /> },
  { id: 'data', title: dataText.heading, content: <DataSettings /> },
  { id: 'help', title: helpText.heading, content: <HelpSettings /> },
  { id: 'key-sets', title: text.keySets, content: <KeySetSettings /> },
  // The longest, and the last for it.
  { id: 'keys', title: text.keys, content: <KeySettings /> },
];

/** Brings the way to each section as a command. */
export function SettingsCommands(): null {
  const { go } = usePlace();
  useCommands(
    SECTIONS.map(({ id, title }) => ({
      id: `settings.${id}`,
      label: commandText.settings(title),
      group: frameText.groups.go,
      keys: null,
      run: () => go('settings', { section: id }),
    })),
  );
  return null;
}

/** How the window looks, what it sends, which keys it hears, where its data lies, and what helps. */
export function SettingsPlace(): ReactNode {
  return <SectionPage place="settings" sections={SECTIONS} />;
}
