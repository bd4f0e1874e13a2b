/** Concepts from a keyword file of another program. */
import { useEffect, useRef, useState, type DragEvent, type ReactNode } from 'react';
import { useEngine } from '../engine/use-engine.tsx';
import { Button } from '../parts/button.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { Segments } from '../parts/segments.tsx';
import { dialogsText, keywordFileText } from '../text/tagging-dialogs.ts';
import { ActLine } from './act-line.tsx';
import classes from './dialogs.module.css';
import { useDialogActs, type DialogActs, type DialogEnds } from './use-dialog-acts.ts';
import type { KeywordFilePlan } from '#shared/tagging.ts';

type Takes = 'leaves' | 'all-levels';

/** How long typing rests before the plan is made anew, in ms. */
const REST_MS = 200;
/** Names of one kind that the plan shows. */
const SHOWN_NAMES = 200;

export function KeywordFileDialog({ onClose, onDone }: DialogEnds): ReactNode {
  const engine = useEngine();
  const acts = useDialogActs();
  const [text, setText] = useState('');
  const [takes, setTakes] = useState<Takes>('leaves');
  const plan = usePlan(text, takes, acts.failed);
  const importThem = async (): Promise<void> => {
    const done = await acts.act(
      () => engine.importKeywordFile({ text, takes }),
      ({ label }) => keywordFileText.imported(label),
    );
    if (done !== null) onDone(keywordFileText.imported(done.label));
  };
  const newCount = plan?.newNames.length ?? 0;
  return (
    <Dialog
      title={keywordFileText.title}
      description={keywordFileText.what}
      size="large"
      isOpen
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{dialogsText.cancel}</Button>
          <Button variant="primary" disabled={newCount === 0} onClick={() => void importThem()}>
            {keywordFileText.importDone(newCount)}
          </Button>
        </>
      }
    >
      <ActLine acts={acts} />
      <FileText text={text} onText={setText} acts={acts} />
      <div className={classes['line']}>
        <span className={classes['soft']}>{keywordFileText.takes}</span>
        <Segments
          label={keywordFileText.takes}
          value={takes}
          options={(['leaves', 'all-levels'] as const).map((value) => ({
            value,
            label: keywordFileText.takesNames[value],
          }))}
          onChange={setTakes}
        />
      </div>
      {plan !== null && <Plan plan={plan} />}
    </Dialog>
  );
}

/** What an import would do. @param failed is told why that cannot be said */
function usePlan(text: string, takes: Takes, failed: DialogActs['failed']): KeywordFilePlan | null {
  const engine = useEngine();
  const [plan, setPlan] = useState<KeywordFilePlan | null>(null);
  const tell = useRef(failed);
  useEffect(() => {
    tell.current = failed;
  });
  useEffect(() => {
    let isCurrent = true;
    const make = async (): Promise<void> => {
      const next = text.trim() === '' ? null : await engine.readKeywordFile({ text, takes });
      if (isCurrent) setPlan(next);
    };
    const timer = setTimeout(() => {
      make().catch((error: unknown) => {
        if (isCurrent) setPlan(tell.current(error));
      });
    }, REST_MS);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [engine, text, takes]);
  return plan;
}

function FileText({
  text,
  onText,
  acts,
}: {
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly acts: DialogActs;
}): ReactNode {
  const file = useRef<HTMLInputElement>(null);
  const [isOver, setIsOver] = useState(false);
  const take = (files: FileList | null): void => {
    const [first] = files ?? [];
    if (first !== undefined) void first.text().then(onText, acts.failed);
  };
  const over = (isOverNow: boolean) => (event: DragEvent) => {
    event.preventDefault();
    event.stopPropagation();
    setIsOver(isOverNow);
  };
  return (
    <div
      className={classes['drop']}
      data-over={isOver}
      onDragOver={over(true)}
      onDragLeave={over(false)}
      onDrop={(event) => {
        over(false)(event);
        take(event.dataTransfer.files);
      }}
    >
      <div className={classes['line']}>
        <Button onClick={() => file.current?.click()}>{keywordFileText.choose}</Button>
        <span className={classes['soft']}>{keywordFileText.drop}</span>
        <input
          ref={file}
          type="file"
          accept=".txt,.csv,text/plain"
          hidden
          aria-label={keywordFileText.choose}
          onChange={(event) => take(event.currentTarget.files)}
        />
      </div>
      <textarea
        className={classes['area']}
        aria-label={keywordFileText.lines}
        spellCheck={false}
        value={text}
        onChange={(event) => onText(event.currentTarget.value)}
      />
    </div>
  );
}

function Plan({ plan }: { readonly plan: KeywordFilePlan }): ReactNode {
  const { newNames, knownNames, near, problems } = plan;
  const { nearLine, problemLine } = keywordFileText;
  return (
    <div className={classes['plan']}>
      <p role="status">{keywordFileText.summary(plan)}</p>
      <Names
        heading={keywordFileText.problemsHeading}
        names={problems.map(({ line, problem }) => problemLine(line, problem))}
      />
      <Names
        heading={keywordFileText.nearHeading}
        names={near.map(({ name, like }) => nearLine(name, like))}
        what={keywordFileText.nearWhat}
      />
      <Names heading={keywordFileText.newHeading} names={newNames} isInline />
      <Names heading={keywordFileText.knownHeading} names={knownNames} isInline />
    </div>
  );
}

function Names({
  heading,
  names,
  what,
  isInline = false,
}: {
  readonly heading: string;
  readonly names: readonly string[];
  readonly what?: string;
  readonly isInline?: boolean;
}): ReactNode {
  if (names.length === 0) return null;
  const shown = names.slice(0, SHOWN_NAMES);
  const more = names.length - shown.length;
  return (
    <section>
      <h3 className={classes['small']}>{heading}</h3>
      {/* A list that scrolls has to be reached by the keyboard. */}
      <div className={classes['names']} tabIndex={0} role="group" aria-label={heading}>
        {isInline ? (
          shown.join(', ')
        ) : (
          <ul>
            {shown.map((name) => (
              <li key={name}>{name}</li>
            ))}
          </ul>
        )}
        {more > 0 && ` ${keywordFileText.more(more)}`}
      </div>
      {what !== undefined && <p className={classes['small']}>{what}</p>}
    </section>
  );
}
