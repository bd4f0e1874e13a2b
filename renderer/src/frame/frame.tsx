/** The window: rail, place, status strip, and what lies over all of them. */
import { Activity, useEffect, type ReactNode } from 'react';
import { useRegistry } from '../commands/use-commands.tsx';
import { GlanceProvider, useGlance, useView } from '../engine/use-glance.tsx';
import { FolderAdding } from '../first-run/folder-adding.tsx';
import { FirstRun, isFirstRun } from '../first-run/first-run.tsx';
import { Announcer } from '../parts/announcer.tsx';
import { Banner } from '../parts/banner.tsx';
import { MessageLine } from '../parts/messages.tsx';
import { AccountPlace } from '../places/account.tsx';
import { FailuresPlace } from '../places/failures.tsx';
import { QueuePlace } from '../places/queue.tsx';
import { SettingsPlace } from '../places/settings.tsx';
import { FrameCommands } from './frame-commands.tsx';
import classes from './frame.module.css';
import { CannotOpen, Opening } from './opening.tsx';
import { Rail } from './rail.tsx';
import { ShowProvider } from './show-photos.tsx';
import { StatusStrip } from './status-strip.tsx';
import { showTheme } from './theme.ts';
import { HostFactsProvider } from './use-host-facts.tsx';
import { PlaceProvider, usePlace } from './use-place.tsx';

/** The window around the sheet. `sheet` lays itself out with `PlaceLayout`, and keeps its state while it is not shown. */
export function Frame({ sheet }: { readonly sheet: ReactNode }): ReactNode {
  return (
    <Announcer>
      <GlanceProvider waiting={<Opening />} failed={(problem) => <CannotOpen problem={problem} />}>
        <HostFactsProvider waiting={<Opening />}>
          <PlaceProvider>
            <ShowProvider>
              <Theme />
              <Shell sheet={sheet} />
            </ShowProvider>
          </PlaceProvider>
        </HostFactsProvider>
      </GlanceProvider>
    </Announcer>
  );
}

function Shell({ sheet }: { readonly sheet: ReactNode }): ReactNode {
  const { place } = usePlace();
  const glance = useGlance();
  return (
    <div className={classes['frame']}>
      <div className={classes['upper']}>
        <Rail />
        <MessageLine>
          <FolderAdding>
            <FrameCommands />
            {glance.notices.map((notice) => (
              <Banner key={notice} tone="quiet">
                {notice}
              </Banner>
            ))}
            <Activity mode={place === 'sheet' ? 'visible' : 'hidden'}>
              <div className={classes['place']}>{isFirstRun(glance) ? <FirstRun /> : sheet}</div>
            </Activity>
            {place === 'queue' && <QueuePlace />}
            {place === 'failures' && <FailuresPlace />}
            {place === 'account' && <AccountPlace />}
            {place === 'settings' && <SettingsPlace />}
          </FolderAdding>
        </MessageLine>
      </div>
      <StatusStrip />
    </div>
  );
}

/** The theme and the keys that the owner chose, wherever they were chosen. */
function Theme(): ReactNode {
  const { view } = useView();
  const registry = useRegistry();
  useEffect(() => showTheme(view.theme, document.documentElement, localStorage), [view.theme]);
  useEffect(() => registry.setOwnKeys(view.keys), [registry, view.keys]);
  return null;
}
