import { useState, type ReactNode } from 'react';
import { useCommands } from '../commands/use-commands.tsx';
import { useEngine } from '../engine/use-engine.tsx';
import { usePlace } from '../frame/use-place.tsx';
import { useMessages } from '../parts/messages.tsx';
import { dataText, helpText } from '../text/care.ts';
import { commandText as text } from '../text/commands.ts';
import { frameText } from '../text/frame.ts';
import { DiagnosticsDialog } from './diagnostics-dialog.tsx';
import { useSavedAction } from './use-saved-action.ts';
import { useSingleFlight } from './use-single-flight.ts';
import { EXPORT_FORMATS } from '#shared/care.ts';

/** Brings the care of folders and data as commands, wherever one is. */
export function CareCommands(): ReactNode {
  const engine = useEngine();
  const { say } = useMessages();
  const { go } = usePlace();
  const savedAction = useSavedAction();
  const runOnce = useSingleFlight();
  const [looks, setLooks] = useState(false);
  const command = (id: string, label: string, act: () => Promise<unknown>) => ({
    id,
    label,
    group: frameText.groups.program,
    keys: null,
    run: () => runOnce(id, act),
  });
  const showData = (): void => go('settings', { section: 'data' });
  const scanAll = async (): Promise<void> => {
    const { folders } = await engine.folders({});
    for (const { id } of folders) await engine.rescanFolder({ folderId: id });
    say({ text: text.scanning(folders.length) });
  };
  const backUp = async (): Promise<void> => {
    const { bytes } = await engine.backUp({});
    say({ text: dataText.backedUp(bytes), action: { label: frameText.show, run: showData } });
  };
  useCommands([
    command('folders.scan', text.scanFolders, scanAll),
    command('data.back-up', text.backUp, backUp),
    ...EXPORT_FORMATS.map((format) =>
      command(`data.export-${format}`, text.exportLedger[format], async () => {
        const { bytes, path } = await engine.exportLedger({ format });
        say({ text: dataText.exported(bytes), action: savedAction(path) });
      }),
    ),
    command('help.diagnostics', helpText.look, () => Promise.resolve(setLooks(true))),
  ]);
  return looks ? <DiagnosticsDialog onClose={() => setLooks(false)} /> : null;
}
