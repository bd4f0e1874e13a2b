import { Fragment, memo, type ReactNode } from 'react';
import { Panel } from '../parts/panel.tsx';
import { inspectorText } from '../text/inspector.ts';
import classes from './inspector.module.css';
import { PathActs } from './path-acts.tsx';
import type { PhotoFile } from '#shared/sheet.ts';

/** Where the photo is. */
export const FilesPanel = memo(function FilesPanel(props: {
  readonly files: readonly PhotoFile[];
}): ReactNode {
  const { files } = props;
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
            <PathActs path={path} shown={missingAt === null ? path : null} />
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
