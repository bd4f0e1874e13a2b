/** The window, with everything that its parts ask for. */
import { useEffect, type ReactNode } from 'react';
import { useRegistry } from '../commands/use-commands.tsx';
import { GlanceProvider, useView } from '../engine/use-glance.tsx';
import { Announcer } from '../parts/announcer.tsx';
import { CannotOpen, Opening } from './opening.tsx';
import { Shell } from './shell.tsx';
import { ShowProvider } from './show-photos.tsx';
import { showTheme } from './theme.ts';
import { HostFactsProvider } from './use-host-facts.tsx';
import { PlaceProvider } from './use-place.tsx';

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

/** The theme and the keys that the owner chose, wherever they were chosen. */
function Theme(): ReactNode {
  const { view } = useView();
  const registry = useRegistry();
  useEffect(() => showTheme(view.theme, document.documentElement, localStorage), [view.theme]);
  useEffect(() => registry.setOwnKeys(view.keys), [registry, view.keys]);
  return null;
}
