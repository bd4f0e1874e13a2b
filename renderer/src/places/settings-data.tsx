import type { ReactNode } from 'react';
import { useEngine, useLive } from '../engine/use-engine.tsx';
import { Banner } from '../parts/banner.tsx';
import { Button } from '../parts/button.tsx';
import { Segments } from '../parts/segments.tsx';
import { useMessages } from '../parts/messages.tsx';
import { dataText as text } from '../text/care.ts';
import { problemSentence } from '../text/problem.ts';
import { formatCount } from '../text/format.ts';
import { BackupList } from './backup-list.tsx';
import classes from './places.module.css';
import { PathActs } from '../inspector/path-acts.tsx';
import { useOneAct, type OneAct } from './use-one-act.ts';
import { BACKUP_COUNTS, EXPORT_FORMATS, type ExportFormat, type SavedFile } from '#shared/care.ts';

/** Where everything lies, its backups and its export. */
export function DataSettings(): ReactNode {
  const folder = useLive('dataFolder', {}, []);
  return (
    <section className={classes['section']} aria-labelledby="data">
      <h2 id="data" className={classes['heading']}>
        {text.heading}
      </h2>
      <div className={classes['list']}>
        <div className={classes['choice']}>
          <div>
            {text.folder}
            {folder.value !== undefined && <p>{folder.value.path}</p>}
            <p className={classes['small']} role="status">
              {sizeWords(folder)}
            </p>
          </div>
          {folder.value !== undefined && (
            <div className={classes['icon-acts']}>
              <PathActs path={folder.value.path} shown={folder.value.ledgerPath} />
            </div>
          )}
        </div>
      </div>
      <BackupSettings onDone={folder.refresh} />
      <ExportSettings onDone={folder.refresh} />
    </section>
  );
}

function sizeWords({ value, problem }: ReturnType<typeof useLive<'dataFolder'>>): string {
  if (value !== undefined) return text.size(value.bytes, value.freeBytes);
  return problem === null ? text.measuring : problemSentence(problem);
}

function BackupSettings({ onDone }: { readonly onDone: () => void }): ReactNode {
  const engine = useEngine();
  const { fail } = useMessages();
  const { value, refresh } = useLive('backups', {}, ['settings']);
  const act = useOneAct(
    async () => {
      const made = await engine.backUp({});
      refresh();
      onDone();
      return made;
    },
    ({ bytes }) => text.backedUp(bytes),
  );
  return (
    <>
      <div className={classes['list']}>
        <div className={classes['choice']}>
          <div>
            {text.backUp}
            <p className={classes['small']}>{text.backUpWords}</p>
          </div>
          <Button disabled={act.isRunning} onClick={act.run}>
            {act.isRunning ? text.backingUp : text.backUpNow}
          </Button>
        </div>
        {value !== undefined && (
          <div className={classes['choice']}>
            <div>
              {text.kept}
              <p className={classes['small']}>{text.keptWords}</p>
            </div>
            <Segments
              label={text.kept}
              value={String(value.keptCount)}
              options={BACKUP_COUNTS.map((count) => ({ value: String(count), label: formatCount(count) }))}
              onChange={(chosen) => {
                const keptCount = BACKUP_COUNTS.find((count) => String(count) === chosen);
                if (keptCount === undefined) return;
                engine.saveBackupSettings({ keptCount }).then(refresh, fail);
              }}
            />
          </div>
        )}
      </div>
      <Ending act={act} words={({ bytes }) => text.backedUp(bytes)} />
      {value !== undefined && <BackupList backups={value.backups} />}
    </>
  );
}

const exportedWords = ({ bytes }: SavedFile): string => text.exported(bytes);

function ExportSettings({ onDone }: { readonly onDone: () => void }): ReactNode {
  const engine = useEngine();
  const exported = (format: ExportFormat) => async (): Promise<SavedFile> => {
    const saved = await engine.exportLedger({ format });
    onDone();
    return saved;
  };
  const acts = {
    csv: useOneAct(exported('csv'), exportedWords),
    json: useOneAct(exported('json'), exportedWords),
  };
  return (
    <>
      <div className={classes['list']}>
        <div className={classes['choice']}>
          <div>
            {text.export}
            <p className={classes['small']}>{text.exportWords}</p>
          </div>
          <div className={classes['acts']}>
            {EXPORT_FORMATS.map((format) => (
              <Button key={format} disabled={acts[format].isRunning} onClick={acts[format].run}>
                {acts[format].isRunning ? text.exporting : text.formats[format]}
              </Button>
            ))}
          </div>
        </div>
      </div>
      {EXPORT_FORMATS.map((format) => (
        <Ending key={format} act={acts[format]} words={exportedWords} />
      ))}
    </>
  );
}

/** How an act ended: where the file is, or why there is none. */
function Ending<Done extends SavedFile>({
  act,
  words,
}: {
  readonly act: OneAct<Done>;
  readonly words: (done: Done) => string;
}): ReactNode {
  if (act.problem !== null) return <Banner tone="alert">{act.problem}</Banner>;
  if (act.done === null) return null;
  return (
    <Banner tone="quiet" action={<PathActs path={act.done.path} />}>
      {words(act.done)}
      <p className={classes['path']}>{act.done.path}</p>
    </Banner>
  );
}
