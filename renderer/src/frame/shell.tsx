/** Rail, place, status strip, and what lies over all of them. */
import { Activity, type ReactNode } from 'react';
import { useGlance } from '../engine/use-glance.tsx';
import { FirstRun, isFirstRun } from '../first-run/first-run.tsx';
import { FolderAdding } from '../first-run/folder-adding.tsx';
import { MessageLine } from '../parts/messages.tsx';
import { AccountPlace } from '../places/account.tsx';
import { FailuresPlace } from '../places/failures.tsx';
import { QueuePlace } from '../places/queue.tsx';
import { SettingsPlace } from '../places/settings.tsx';
import { TaggingDialogs } from '../tagging/tagging-dialogs.tsx';
import { FrameCommands } from './frame-commands.tsx';
import classes from './frame.module.css';
import { Notices } from './notices.tsx';
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
              {place === 'queue' && <QueuePlace />}
              {place === 'failures' && <FailuresPlace />}
              {place === 'account' && <AccountPlace />}
              {place === 'settings' && <SettingsPlace />}
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
