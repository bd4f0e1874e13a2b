import { Monitor, Moon, Sun } from 'lucide-react';
import type { ReactNode } from 'react';
import { useView } from '../engine/use-glance.tsx';
import { Segments } from '../parts/segments.tsx';
import { settingsText as text } from '../text/places.ts';
import classes from './places.module.css';
import { INTERFACE_SIZES } from '#shared/glance.ts';

/** How the window looks: its theme and its size. */
export function AppearanceSettings(): ReactNode {
  const { view, saveView } = useView();
  return (
    <section className={classes['section']} aria-labelledby="appearance">
      <h2 id="appearance" className={classes['heading']}>
        {text.appearance}
      </h2>
      <div className={classes['list']}>
        <div className={classes['choice']}>
          <div>
            {text.theme}
            <p className={classes['small']}>{text.themeWords}</p>
          </div>
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
        <div className={classes['choice']}>
          <div>
            {text.size}
            <p className={classes['small']}>{text.sizeWords}</p>
          </div>
          <Segments
            label={text.size}
            value={String(view.interfaceSize)}
            options={INTERFACE_SIZES.map((size) => ({ value: String(size), label: text.percent(size) }))}
            onChange={(chosen) => {
              const interfaceSize = INTERFACE_SIZES.find((size) => String(size) === chosen);
              if (interfaceSize !== undefined) void saveView({ interfaceSize });
            }}
          />
        </div>
      </div>
    </section>
  );
}
