import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useActQueue, useEngine, useLive } from '../engine/use-engine.tsx';
import { useGlance } from '../engine/use-glance.tsx';
import { Banner } from '../parts/banner.tsx';
import { Button } from '../parts/button.tsx';
import { Checkbox } from '../parts/checkbox.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { Menu } from '../parts/menu.tsx';
import { Segments } from '../parts/segments.tsx';
import { TextField } from '../parts/text-field.tsx';
import { folderDialogText as text, folderName, previewSentence, watchedText } from '../text/folders.ts';
import { destinationName } from '../text/frame.ts';
import { problemSentence } from '../text/problem.ts';
import { changeOf, draftOf, type FolderDraft } from './folder-draft.ts';
import classes from './folders.module.css';
import { WordList } from './word-list.tsx';
import type { WatchedFolder } from '#shared/folders.ts';

interface PartProps {
  readonly draft: FolderDraft;
  readonly set: (part: Partial<FolderDraft>) => void;
}

interface FolderPartProps extends PartProps {
  readonly folder: WatchedFolder;
}

/** What is sent of a folder, and what is left out. Nothing is changed before it is saved, and then as one act. */
export function FolderDialog(props: {
  readonly folder: WatchedFolder;
  readonly onClose: () => void;
  readonly onDone: (sentence: string) => void;
}): ReactNode {
  const { folder, onClose, onDone } = props;
  const engine = useEngine();
  const queue = useActQueue();
  const [draft, setDraft] = useState(() => draftOf(folder));
  const [failed, setFailed] = useState<string | null>(null);
  const set = (part: Partial<FolderDraft>): void => setDraft((before) => ({ ...before, ...part }));
  const name = folderName(folder.path);
  const save = (): void => {
    const change = changeOf(folder, draft);
    void queue
      .add(() => engine.changeFolder({ folderId: folder.id, change }))
      .then(
        ({ editId }) => (editId === null ? onClose() : onDone(watchedText.changed(name))),
        (error: unknown) => setFailed(problemSentence(error)),
      );
  };
  return (
    <Dialog
      title={text.title(name)}
      description={text.description}
      isOpen
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{text.cancel}</Button>
          <Button variant="primary" onClick={save}>
            {text.save}
          </Button>
        </>
      }
    >
      {failed !== null && (
        <Banner tone="alert" isOutcome>
          {failed}
        </Banner>
      )}
      <PicturePart draft={draft} set={set} />
      <Part title={text.beside}>
        <div>
          <Tick label={text.gps} isOn={draft.sendsGps} onChange={(sendsGps) => set({ sendsGps })} />
          <Tick
            label={text.captureTime}
            isOn={draft.sendsCaptureTime}
            onChange={(sendsCaptureTime) => set({ sendsCaptureTime })}
          />
          <Tick
            label={text.fileName}
            isOn={draft.sendsFileName}
            onChange={(sendsFileName) => set({ sendsFileName })}
          />
          {folder.metadata !== null && (
            <Tick
              label={text.metadata(Object.keys(folder.metadata))}
              isOn={draft.metadata !== null}
              onChange={(isOn) => set({ metadata: isOn ? folder.metadata : null })}
            />
          )}
        </div>
      </Part>
      <ConceptParts folder={folder} draft={draft} set={set} />
      <ExcludePart folder={folder} draft={draft} set={set} />
      <DestinationPart draft={draft} set={set} />
    </Dialog>
  );
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }): ReactNode {
  return (
    <section className={classes['part']} aria-label={title}>
      <h3 className={classes['part-title']}>{title}</h3>
      {children}
    </section>
  );
}

function Tick(props: {
  readonly label: string;
  readonly isOn: boolean;
  readonly onChange: (isOn: boolean) => void;
}): ReactNode {
  return <Checkbox label={props.label} state={props.isOn ? 'on' : 'off'} onChange={props.onChange} />;
}

function PicturePart({ draft, set }: PartProps): ReactNode {
  return (
    <Part title={text.picture}>
      <Segments
        label={text.picture}
        value={draft.sends}
        options={[
          { value: 'rendition', label: text.kinds.rendition },
          { value: 'original', label: text.kinds.original },
        ]}
        onChange={(sends) => set({ sends })}
      />
      <p className={classes['small']}>{draft.sends === 'original' ? text.originalWords : text.copyWords}</p>
      {draft.sends === 'rendition' && (
        <div className={classes['row']}>
          <TextField
            label={text.longEdge}
            inputMode="numeric"
            value={draft.longEdge}
            onChange={(longEdge) => set({ longEdge })}
          />
          <TextField
            label={text.quality}
            inputMode="numeric"
            value={draft.quality}
            onChange={(quality) => set({ quality })}
          />
        </div>
      )}
    </Part>
  );
}

/** Concepts for all photos. Absent ones come of `--not-concept`, and are shown only where there are some. */
function ConceptParts({ folder, draft, set }: FolderPartProps): ReactNode {
  return (
    <>
      <Part title={text.concepts}>
        <WordList
          label={text.addConcept}
          hint={text.conceptsHint}
          words={draft.concepts}
          onChange={(concepts) => set({ concepts })}
        />
        <Tick
          label={text.folderName}
          isOn={draft.addsFolderName}
          onChange={(addsFolderName) => set({ addsFolderName })}
        />
      </Part>
      {folder.concepts.some(({ value }) => value === 0) && (
        <Part title={text.notConcepts}>
          <WordList
            label={text.addNotConcept}
            words={draft.notConcepts}
            onChange={(notConcepts) => set({ notConcepts })}
          />
        </Part>
      )}
    </>
  );
}

function ExcludePart({ folder, draft, set }: FolderPartProps): ReactNode {
  const folderId = folder.id;
  const { excludeGlobs } = draft;
  const { value, problem } = useLive('previewExclude', { folderId, excludeGlobs }, ['folders']);
  const isAsBefore = excludeGlobs.join('\n') === folder.excludeGlobs.join('\n');
  const told = problem?.message ?? (value === undefined || isAsBefore ? '' : previewSentence(value));
  const end = useRef<HTMLParagraphElement>(null);
  // What is said of a pattern is of no use below the edge of the dialog.
  useEffect(() => {
    if (told !== '') end.current?.scrollIntoView({ block: 'nearest' });
  }, [told]);
  return (
    <Part title={text.exclude}>
      <WordList
        label={text.addPattern}
        hint={text.excludeHint}
        problem={problem?.message ?? null}
        words={excludeGlobs}
        onChange={(globs) => set({ excludeGlobs: globs })}
      />
      <p ref={end} className={classes['told']} role="status">
        {value === undefined || isAsBefore ? '' : previewSentence(value)}
      </p>
    </Part>
  );
}

function DestinationPart({ draft, set }: PartProps): ReactNode {
  const { destinations } = useGlance();
  const chosen = destinations.find(({ id }) => id === draft.destinationId);
  return (
    <Part title={text.destination}>
      <div>
        <Menu
          trigger={<Button opensMenu>{chosen === undefined ? '' : destinationName(chosen)}</Button>}
          items={destinations.map((destination) => ({
            kind: 'item',
            label: destinationName(destination),
            isChecked: destination.id === draft.destinationId,
            onSelect: () => set({ destinationId: destination.id }),
          }))}
        />
      </div>
    </Part>
  );
}
