/** The window, with everything that its parts ask for. */
import { useEffect, type ReactNode } from 'react';
import { useRegistry } from '../commands/use-commands.tsx';
import { GlanceProvider, useView } from '../engine/use-glance.tsx';
import { Announcer } from '../parts/announcer.tsx';
import { showLooks } from './looks.ts';
import { OpenedPhotos } from './opened-photos.tsx';
import { CannotOpen, Opening } from './opening.tsx';
import { Shell } from './shell.tsx';
import { ShowProvider } from './show-photos.tsx';
import { SizeCommands } from './size-commands.tsx';
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
              <Choices />
              <Shell sheet={sheet} />
              <SizeCommands />
              {/* Behind the sheet, which then knows of the account already. */}
              <OpenedPhotos />
            </ShowProvider>
          </PlaceProvider>
        </HostFactsProvider>
      </GlanceProvider>
    </Announcer>
  );
}

/** The looks and the keys that the owner chose, wherever they were chosen. */
function Choices(): ReactNode {
  const { view } = useView();
  const registry = useRegistry();
  const { theme, interfaceSize } = view;
  useEffect(
    () => showLooks({ theme, interfaceSize }, document.documentElement, localStorage),
    [theme, interfaceSize],
  );
  useEffect(() => registry.setOwnKeys(view.keys), [registry, view.keys]);
  return null;
}
