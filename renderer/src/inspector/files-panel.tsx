import { Copy, FolderOpen } from 'lucide-react';
import { Fragment, memo, type ReactNode } from 'react';
import { useHost } from '../engine/use-engine.tsx';
import { useHostFacts } from '../frame/use-host-facts.tsx';
import { IconButton } from '../parts/icon-button.tsx';
import { useMessages } from '../parts/messages.tsx';
import { Panel } from '../parts/panel.tsx';
import { inspectorText } from '../text/inspector.ts';
import classes from './inspector.module.css';
import { useCopy } from './use-copy.ts';
import type { PhotoFile } from '#shared/sheet.ts';

/** Where the photo is. */
export const FilesPanel = memo(function FilesPanel(props: {
  readonly files: readonly PhotoFile[];
}): ReactNode {
  const { files } = props;
  const host = useHost();
  const { canReveal } = useHostFacts();
  const { say } = useMessages();
  const copy = useCopy();
  return (
    <Panel title={inspectorText.files}>
      {files.length === 0 && <p className={classes['quiet']}>{inspectorText.noFiles}</p>}
      <ul className={classes['files']}>
        {files.map(({ path, missingAt }) => (
          <li key={path} className={classes['file']}>
            <div className={classes['path']}>
              {missingAt === null ? <span>{breakable(path)}</span> : <s>{breakable(path)}</s>}
              {missingAt !== null && (
                <span className={classes['note']}>{inspectorText.missingSince(missingAt)}</span>
              )}
            </div>
            {canReveal && missingAt === null && (
              <IconButton
                label={inspectorText.reveal}
                icon={<FolderOpen />}
                onClick={() => {
                  host.reveal({ path }).catch(() => say({ text: inspectorText.revealFailed }));
                }}
              />
            )}
            <IconButton label={inspectorText.copyPath} icon={<Copy />} onClick={() => copy(path)} />
          </li>
        ))}
      </ul>
    </Panel>
  );
});

/** A path breaks after its folders, before it breaks anywhere else. */
function breakable(path: string): ReactNode {
  return path.split(/(?<=[/\\])/u).map((part, level) => (
    // The same name may be there on several levels.
    <Fragment key={`${String(level)} ${part}`}>
      {part}
      <wbr />
    </Fragment>
  ));
}
