import { useRef, type ReactNode } from 'react';
import { Button } from '../parts/button.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { taggingText } from '../text/tagging.ts';
import type { TagPlace } from './tag-acts.ts';

/** Whether so many photos are meant. */
export interface TagQuestion {
  readonly place: TagPlace;
  readonly words: string;
  readonly answer: (isMeant: boolean) => void;
}

/** Asks before an act on very many photos, or on all that a filter shows. */
export function ConfirmTag({ question }: { readonly question: TagQuestion }): ReactNode {
  const { place, words, answer } = question;
  const { photoCount } = place;
  const confirm = useRef<HTMLButtonElement>(null);
  return (
    <Dialog
      title={taggingText.confirmTitle(photoCount)}
      description={
        'query' in place.target
          ? taggingText.confirmFilter(words, photoCount)
          : taggingText.confirmMany(words, photoCount)
      }
      isOpen
      size="small"
      firstFocus={confirm}
      onClose={() => answer(false)}
      footer={
        <>
          <Button onClick={() => answer(false)}>{taggingText.cancel}</Button>
          <Button ref={confirm} variant="primary" onClick={() => answer(true)}>
            {taggingText.confirmTag(photoCount)}
          </Button>
        </>
      }
    />
  );
}
