import { Plus } from 'lucide-react';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { ComboBox } from '../parts/combo-box.tsx';
import { formatCount } from '../text/format.ts';
import { taggingText } from '../text/tagging.ts';
import type { PaletteOption } from './palette-options.ts';
import { usePaletteOptions } from './use-palette-options.ts';
import type { ConceptUse } from '#shared/tagging.ts';

/** A field to choose one concept, made when it is not there and `create` is given. */
export function ConceptChooser(props: {
  readonly label: string;
  readonly placeholder: string;
  /** Makes a concept; null when it failed, which it tells itself. */
  readonly create?: (name: string) => Promise<ConceptUse | null>;
  /** Has the focus as soon as it is there. Default false. */
  readonly isFirst?: boolean;
  /** Left out of the list. */
  readonly withoutId?: number;
  readonly onChoose: (concept: ConceptUse) => void;
}): ReactNode {
  const { label, placeholder, create, isFirst = false, withoutId, onChoose } = props;
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (isFirst) field.current?.focus();
  }, [isFirst]);
  const [text, setText] = useState('');
  const [isOpen, setIsOpen] = useState(false);
  const { options } = usePaletteOptions(text, null);

  async function choose(option: PaletteOption): Promise<void> {
    setText('');
    setIsOpen(false);
    const concept = option.kind === 'concept' ? option.concept : await create?.(option.draft.name);
    if (concept !== undefined && concept !== null) onChoose(concept);
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
            : create !== undefined && option.draft.problem === null,
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
    />
  );
}
