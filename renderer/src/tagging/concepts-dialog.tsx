/** All concepts with how they are used; renaming and merging them. */
import { Merge, Pencil, Search } from 'lucide-react';
import { useRef, useState, type ReactNode } from 'react';
import { useEngine, useLive } from '../engine/use-engine.tsx';
import { Button } from '../parts/button.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { IconButton } from '../parts/icon-button.tsx';
import { Segments } from '../parts/segments.tsx';
import { TextField } from '../parts/text-field.tsx';
import { conceptsText, dialogsText } from '../text/tagging-dialogs.ts';
import { ActLine } from './act-line.tsx';
import { ConceptChooser } from './concept-chooser.tsx';
import { CONCEPT_ORDERS, ordered, type ConceptOrder } from './concept-order.ts';
import classes from './dialogs.module.css';
import { useDialogActs, type DialogActs } from './use-dialog-acts.ts';
import { VirtualRows } from './virtual-rows.tsx';
import type { ConceptUse } from '#shared/tagging.ts';

/** The engine answers no more at once; the search finds the others. */
const MOST_CONCEPTS = 1000;

export function ConceptsDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const acts = useDialogActs();
  const [text, setText] = useState('');
  const [order, setOrder] = useState<ConceptOrder>('used');
  const [open, setOpen] = useState<{ conceptId: number; does: 'rename' | 'merge' } | null>(null);
  const { value } = useLive('concepts', { text, limit: MOST_CONCEPTS }, ['concepts', 'tags']);
  const [last, setLast] = useState(value);
  if (value !== undefined && value !== last) setLast(value);
  const shown = ordered((value ?? last)?.matches ?? [], order);
  return (
    <Dialog title={conceptsText.title} size="large" isOpen onClose={onClose}>
      <div className={classes['line']}>
        <div className={classes['grow']}>
          <TextField
            label={conceptsText.search}
            isLabelHidden
            placeholder={conceptsText.search}
            icon={<Search />}
            value={text}
            onChange={setText}
          />
        </div>
        <Segments
          label={conceptsText.order}
          value={order}
          options={CONCEPT_ORDERS.map((each) => ({ value: each, label: conceptsText.orders[each] }))}
          onChange={setOrder}
        />
      </div>
      <ActLine acts={acts} />
      {shown.length === 0 && last !== undefined ? (
        <p className={classes['soft']}>
          {text.trim() === '' ? conceptsText.none : conceptsText.noneFound(text)}
        </p>
      ) : (
        <VirtualRows
          rows={shown}
          label={conceptsText.title}
          rowHeight={36}
          keyOf={({ conceptId }) => conceptId}
        >
          {(concept) => (
            <ConceptLine
              concept={concept}
              does={open?.conceptId === concept.conceptId ? open.does : null}
              onDoes={(does) => setOpen(does === null ? null : { conceptId: concept.conceptId, does })}
              acts={acts}
            />
          )}
        </VirtualRows>
      )}
    </Dialog>
  );
}

function ConceptLine({
  concept,
  does,
  onDoes,
  acts,
}: {
  readonly concept: ConceptUse;
  readonly does: 'rename' | 'merge' | null;
  readonly onDoes: (does: 'rename' | 'merge' | null) => void;
  readonly acts: DialogActs;
}): ReactNode {
  const { name } = concept;
  const button = useRef<HTMLButtonElement>(null);
  const close = (): void => {
    onDoes(null);
    button.current?.focus();
  };
  return (
    <div className={classes['concept']}>
      <div className={classes['line']}>
        <span className={classes['words']}>{name}</span>
        <span className={classes['small']}>{conceptsText.useOf(concept)}</span>
        <IconButton
          ref={does === 'merge' ? undefined : button}
          label={conceptsText.rename(name)}
          icon={<Pencil />}
          isPressed={does === 'rename'}
          onClick={() => onDoes(does === 'rename' ? null : 'rename')}
        />
        <IconButton
          ref={does === 'merge' ? button : undefined}
          label={conceptsText.merge(name)}
          icon={<Merge />}
          isPressed={does === 'merge'}
          onClick={() => onDoes(does === 'merge' ? null : 'merge')}
        />
      </div>
      {does === 'rename' && <Renaming concept={concept} acts={acts} onClose={close} />}
      {does === 'merge' && <Merging concept={concept} acts={acts} onClose={close} />}
    </div>
  );
}

interface ConceptActProps {
  readonly concept: ConceptUse;
  readonly acts: DialogActs;
  readonly onClose: () => void;
}

function Renaming({ concept, acts, onClose }: ConceptActProps): ReactNode {
  const engine = useEngine();
  const [name, setName] = useState(concept.name);
  const rename = async (): Promise<void> => {
    const { conceptId } = concept;
    const done = await acts.act(
      () => engine.renameConcept({ conceptId, name }),
      ({ label }) => conceptsText.renamed(label),
    );
    if (done !== null) onClose();
  };
  return (
    <form
      className={classes['line']}
      onSubmit={(event) => {
        event.preventDefault();
        void rename();
      }}
    >
      <div className={classes['grow']}>
        <TextField
          label={conceptsText.newName}
          isLabelHidden
          autoFocus
          value={name}
          onChange={setName}
          onFocus={(event) => event.currentTarget.select()}
        />
      </div>
      <Button type="button" size="small" onClick={onClose}>
        {dialogsText.cancel}
      </Button>
      <Button type="submit" size="small" variant="primary" disabled={name.trim() === ''}>
        {conceptsText.renameDone}
      </Button>
    </form>
  );
}

function Merging({ concept, acts, onClose }: ConceptActProps): ReactNode {
  const engine = useEngine();
  const [into, setInto] = useState<ConceptUse | null>(null);
  const merge = async (intoId: number): Promise<void> => {
    const done = await acts.act(
      () => engine.mergeConcepts({ fromId: concept.conceptId, intoId }),
      ({ label, photoCount }) => conceptsText.merged(label, photoCount),
    );
    if (done !== null) onClose();
  };
  return (
    <>
      <ConceptChooser
        label={conceptsText.mergeInto(concept.name)}
        placeholder={into?.name ?? conceptsText.mergePlaceholder}
        isFirst
        withoutId={concept.conceptId}
        onChoose={setInto}
      />
      {into !== null && <p className={classes['soft']}>{conceptsText.mergeWhat(concept, into)}</p>}
      <div className={classes['line']}>
        <Button size="small" onClick={onClose}>
          {dialogsText.cancel}
        </Button>
        <Button
          size="small"
          variant="primary"
          disabled={into === null}
          onClick={() => {
            if (into !== null) void merge(into.conceptId);
          }}
        >
          {conceptsText.mergeDone}
        </Button>
      </div>
    </>
  );
}
