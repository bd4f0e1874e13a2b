/** Rail, place, status strip, and what lies over all of them. */
import { Activity, type ReactNode } from 'react';
import { useConnectionStatus } from '../engine/use-engine.tsx';
import { useGlance } from '../engine/use-glance.tsx';
import { FirstRun, isFirstRun } from '../first-run/first-run.tsx';
import { FolderAdding } from '../first-run/folder-adding.tsx';
import { Banner } from '../parts/banner.tsx';
import { MessageLine } from '../parts/messages.tsx';
import { OtherPlaces } from '../places/other-places.tsx';
import { TaggingDialogs } from '../tagging/tagging-dialogs.tsx';
import { connectionSentence, frameText } from '../text/frame.ts';
import { useBrowserNews } from './browser-news.ts';
import { FrameCommands } from './frame-commands.tsx';
import classes from './frame.module.css';
import { Rail } from './rail.tsx';
import { StatusStrip } from './status-strip.tsx';
import { useOwnerPresence } from './use-owner-presence.ts';
import { usePlace } from './use-place.tsx';

/** The five places with their frame; `sheet` is the first of them. */
export function Shell({ sheet }: { readonly sheet: ReactNode }): ReactNode {
  const { place } = usePlace();
  useOwnerPresence();
  return (
    <div className={classes['frame']}>
      <div className={classes['upper']}>
        <Rail />
        <MessageLine about={place}>
          <FolderAdding>
            <TaggingDialogs>
              <FrameCommands />
              <Notices />
              <Activity mode={place === 'sheet' ? 'visible' : 'hidden'}>
                <div className={classes['place']}>
                  <SheetOrFirstRun sheet={sheet} />
                </div>
              </Activity>
              <OtherPlaces />
            </TaggingDialogs>
          </FolderAdding>
        </MessageLine>
      </div>
      <StatusStrip />
    </div>
  );
}

/** Apart from the shell, which is not drawn again with every photo that goes its way. */
function SheetOrFirstRun({ sheet }: { readonly sheet: ReactNode }): ReactNode {
  return isFirstRun(useGlance()) ? <FirstRun /> : sheet;
}

/** What is said above every place: what the owner has to know about the program itself. */
function Notices(): ReactNode {
  useBrowserNews();
  const { notices } = useGlance();
  const { state, sentence } = useConnectionStatus();
  // Nobody opens such a line again: what is shown is old, and nothing that is done now would be kept.
  const closed =
    state === 'refused' || state === 'ended' ? connectionSentence(state, state === 'ended', sentence) : null;
  if (closed === null && notices.length === 0) return null;
  return (
    <section aria-label={frameText.notices}>
      {closed !== null && <Banner tone="alert">{closed}</Banner>}
      {notices.map((notice) => (
        <Banner key={notice} tone="quiet">
          {notice}
        </Banner>
      ))}
    </section>
  );
}
