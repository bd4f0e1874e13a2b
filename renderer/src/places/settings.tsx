import { Monitor, Moon, Sun } from 'lucide-react';
import type { ReactNode } from 'react';
import { useView } from '../engine/use-glance.tsx';
import { PlaceLayout } from '../frame/place-layout.tsx';
import { Segments } from '../parts/segments.tsx';
import { settingsText as text } from '../text/places.ts';
import { DesktopSettingsSection } from './desktop-settings.tsx';
import { KeySettings } from './key-settings.tsx';
import classes from './places.module.css';
import { DataSettings } from './settings-data.tsx';
import { SendingSettingsSection } from './settings-sending.tsx';
import { HelpSettings } from './settings-help.tsx';

/** How the window looks, which keys it hears, where its data lies, and what helps. */
export function SettingsPlace(): ReactNode {
  const { view, saveView } = useView();
  return (
    <PlaceLayout place="settings">
      <section className={classes['section']} aria-labelledby="appearance">
        <h2 id="appearance" className={classes['heading']}>
          {text.appearance}
        </h2>
        <div className={classes['list']}>
          <div className={classes['line']}>
            <span>{text.theme}</span>
            <Segments
              label={text.theme}
              value={view.theme}
              options={[
                { value: 'system', label: text.themes.system, icon: <Monitor /> },
                { value: 'light', label: text.themes.light, icon: <Sun /> },
                { value: 'dark', label: text.themes.dark, icon: <Moon /> },
              ]}
              onChange={(theme) => void saveView({ theme })}
            />
          </div>
        </div>
      </section>
      <SendingSettingsSection />
      <DesktopSettingsSection />
      <KeySettings />
      <DataSettings />
      <HelpSettings />
    </PlaceLayout>
  );
}
