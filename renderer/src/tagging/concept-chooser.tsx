import { Plus } from 'lucide-react';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useEngine } from '../engine/use-engine.tsx';
import { ComboBox } from '../parts/combo-box.tsx';
import { formatCount } from '../text/format.ts';
import { taggingText } from '../text/tagging.ts';
import type { PaletteOption } from './palette-options.ts';
import { usePaletteOptions } from './use-palette-options.ts';
import type { ConceptUse } from '#shared/tagging.ts';

/** A field to choose one concept, made when it is not there and `creates` says so. */
export function ConceptChooser(props: {
  readonly label: string;
  readonly placeholder: string;
  readonly creates?: boolean;
  /** Has the focus as soon as it is there. Default false. */
  readonly isFirst?: boolean;
  /** Left out of the list. */
  readonly withoutId?: number;
  readonly onChoose: (concept: ConceptUse) => void;
}): ReactNode {
  const { label, placeholder, creates = false, isFirst = false, withoutId, onChoose } = props;
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (isFirst) field.current?.focus();
  }, [isFirst]);
  const engine = useEngine();
  const [text, setText] = useState('');
  const [isOpen, setIsOpen] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const { options } = usePaletteOptions(text, null);

  async function choose(option: PaletteOption): Promise<void> {
    setText('');
    setIsOpen(false);
    try {
      onChoose(
        option.kind === 'concept' ? option.concept : await engine.createConcept({ name: option.draft.name }),
      );
      setProblem(null);
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    }
  }

  return (
    <ComboBox
      inputRef={field}
      label={label}
      placeholder={placeholder}
      text={text}
      onText={setText}
      isOpen={isOpen}
      onOpenChange={setIsOpen}
      options={options
        .filter((option) =>
          option.kind === 'concept'
            ? option.concept.conceptId !== withoutId
            : creates && option.draft.problem === null,
        )
        .map((option) =>
          option.kind === 'concept'
            ? {
                key: option.key,
                option,
                label: option.concept.name,
                detail: formatCount(option.concept.presentCount),
              }
            : {
                key: option.key,
                option,
                label: taggingText.create(option.draft.name),
                icon: <Plus />,
              },
        )}
      onChoose={({ option }) => void choose(option)}
      footer={problem}
    />
  );
}
