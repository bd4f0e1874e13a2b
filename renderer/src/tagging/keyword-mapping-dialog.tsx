/** What is done with the keywords that photos' files carry. */
import { Search } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useEngine, useLive } from '../engine/use-engine.tsx';
import { Button } from '../parts/button.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { Segments } from '../parts/segments.tsx';
import { Spinner } from '../parts/spinner.tsx';
import { TextField } from '../parts/text-field.tsx';
import { formatCount } from '../text/format.ts';
import { dialogsText, mappingText } from '../text/tagging-dialogs.ts';
import { ActLine } from './act-line.tsx';
import classes from './dialogs.module.css';
import {
  drafted,
  effectOf,
  isUnchanged,
  nameless,
  rulesOf,
  UNCHANGED,
  withDefault,
  withRules,
  type DraftedKeyword,
  type MappingDraft,
} from './mapping-edits.ts';
import { useDialogActs, type DialogEnds } from './use-dialog-acts.ts';
import { VirtualRows } from './virtual-rows.tsx';
import { KEYWORD_MODES, type KeywordMapping, type KeywordRule } from '#shared/tagging.ts';

const MODES = KEYWORD_MODES.map((value) => ({ value, label: mappingText.modes[value] }));

export function KeywordMappingDialog({ onClose, onDone }: DialogEnds): ReactNode {
  const engine = useEngine();
  const acts = useDialogActs();
  const { value: mapping } = useLive('keywordMapping', {}, ['photos', 'concepts', 'settings']);
  const [draft, setDraft] = useState<MappingDraft>(UNCHANGED);
  const isWrong = nameless(draft).length > 0;
  const save = async (kept: KeywordMapping): Promise<void> => {
    const rules = rulesOf(draft);
    const defaultMode = draft.defaultMode ?? kept.defaultMode;
    const done = await acts.act(
      () => engine.saveKeywordMapping({ defaultMode, rules }),
      ({ photoCount }) => mappingText.saved(photoCount),
    );
    if (done !== null) onDone(mappingText.saved(done.photoCount));
  };
  return (
    <Dialog
      title={mappingText.title}
      description={mappingText.what}
      size="large"
      isOpen
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{dialogsText.cancel}</Button>
          <Button
            variant="primary"
            disabled={mapping === undefined || isUnchanged(draft) || isWrong}
            onClick={() => {
              if (mapping !== undefined) void save(mapping);
            }}
          >
            {dialogsText.save}
          </Button>
        </>
      }
    >
      <ActLine acts={acts} />
      {mapping === undefined && <Spinner label={mappingText.reading} />}
      {mapping !== undefined && <Mapping mapping={mapping} draft={draft} onDraft={setDraft} />}
    </Dialog>
  );
}

function Mapping({
  mapping,
  draft,
  onDraft,
}: {
  readonly mapping: KeywordMapping;
  readonly draft: MappingDraft;
  readonly onDraft: (draft: MappingDraft) => void;
}): ReactNode {
  const [text, setText] = useState('');
  const shown = drafted(mapping, draft, text);
  const change = (rules: readonly KeywordRule[]): void => onDraft(withRules(mapping, draft, rules));
  if (mapping.keywords.length === 0) return <p className={classes['soft']}>{mappingText.none}</p>;
  return (
    <>
      <div className={classes['line']}>
        <span className={classes['soft']}>{mappingText.byDefault}</span>
        <Segments
          label={mappingText.byDefault}
          value={draft.defaultMode ?? mapping.defaultMode}
          options={MODES}
          onChange={(mode) => onDraft(withDefault(mapping, draft, mode))}
        />
      </div>
      <div className={classes['line']}>
        <div className={classes['grow']}>
          <TextField
            autoFocus
            label={mappingText.find}
            isLabelHidden
            placeholder={mappingText.find}
            icon={<Search />}
            value={text}
            onChange={setText}
          />
        </div>
        <span className={classes['small']}>{mappingText.count(shown.length)}</span>
        <span className={classes['soft']}>{mappingText.setShown}</span>
        {MODES.map(({ value: mode, label }) => (
          <Button
            key={mode}
            size="small"
            aria-label={`${mappingText.setShown} ${label}`}
            onClick={() => change(shown.map((keyword) => ({ ...keyword, mode })))}
          >
            {label}
          </Button>
        ))}
      </div>
      <div className={`${classes['mapping'] ?? ''} ${classes['head'] ?? ''}`} aria-hidden="true">
        <span>{mappingText.keyword}</span>
        <span className={classes['number']}>{mappingText.photoCount}</span>
        <span>{mappingText.mode}</span>
        <span>{mappingText.concept}</span>
      </div>
      {shown.length === 0 ? (
        <p className={classes['soft']}>{mappingText.noneFound(text)}</p>
      ) : (
        <VirtualRows rows={shown} label={mappingText.title} rowHeight={40} keyOf={({ keyword }) => keyword}>
          {(keyword) => <MappingLine keyword={keyword} onChange={(rule) => change([rule])} />}
        </VirtualRows>
      )}
      <p className={classes['soft']} role="status">
        {nameless(draft).length > 0
          ? mappingText.needsName
          : isUnchanged(draft)
            ? mappingText.unchanged
            : mappingText.effect(effectOf(mapping, draft))}
      </p>
    </>
  );
}

function MappingLine({
  keyword: { keyword, mode, conceptName, photoCount, isChanged },
  onChange,
}: {
  readonly keyword: DraftedKeyword;
  readonly onChange: (rule: KeywordRule) => void;
}): ReactNode {
  return (
    <div className={classes['mapping']} data-changed={isChanged}>
      <span className={classes['words']}>{keyword.replaceAll('|', ' › ')}</span>
      <span className={classes['number']}>{formatCount(photoCount)}</span>
      <Segments
        label={mappingText.modeOf(keyword)}
        value={mode}
        options={MODES}
        onChange={(next) => onChange({ keyword, conceptName, mode: next })}
      />
      <TextField
        label={mappingText.conceptOf(keyword)}
        isLabelHidden
        value={conceptName}
        disabled={mode === 'off'}
        onChange={(name) => onChange({ keyword, mode, conceptName: name })}
      />
    </div>
  );
}
