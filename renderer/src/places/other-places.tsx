import type { ReactNode } from 'react';
import { usePlace } from '../frame/use-place.tsx';
import { SendingCommands } from '../steering/sending-commands.tsx';
import { AccountPlace } from './account.tsx';
import { CareCommands } from './care-commands.tsx';
import { FailureCommands } from './failure-commands.tsx';
import { FailuresPlace } from './failures.tsx';
import { QueuePlace } from './queue.tsx';
import { SettingsCommands, SettingsPlace } from './settings.tsx';

/** The places other than the sheet, each while it is shown, and what they can do as commands, wherever one is. */
export function OtherPlaces(): ReactNode {
  const { place } = usePlace();
  return (
    <>
      <SendingCommands />
      <FailureCommands />
      <CareCommands />
      <SettingsCommands />
      {place === 'queue' && <QueuePlace />}
      {place === 'failures' && <FailuresPlace />}
      {place === 'account' && <AccountPlace />}
      {place === 'settings' && <SettingsPlace />}
    </>
  );
}
