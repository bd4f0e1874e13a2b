import { useEffect, useRef, useState } from 'react';

/** Takes files that are dropped anywhere on the window. Tells whether some are held over it now. */
export function useDrop(onDrop: (files: readonly File[]) => void): boolean {
  const [isOver, setIsOver] = useState(false);
  const newest = useRef(onDrop);
  useEffect(() => {
    newest.current = onDrop;
  });
  useEffect(() => {
    const ended = new AbortController();
    const { signal } = ended;
    const holdsFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') === true;
    window.addEventListener(
      'dragover',
      (event) => {
        if (!holdsFiles(event)) return;
        // Without this the browser would open what is dropped in place of the page.
        event.preventDefault();
        setIsOver(true);
      },
      { signal },
    );
    window.addEventListener(
      'dragleave',
      (event) => {
        if (event.relatedTarget === null) setIsOver(false);
      },
      { signal },
    );
    // What lay under the pointer may go while files are held over it, and the word of their leaving with it. The pointer
    // itself tells: it is silent as long as something is dragged.
    window.addEventListener('pointermove', () => setIsOver(false), { signal, passive: true });
    window.addEventListener(
      'drop',
      (event) => {
        setIsOver(false);
        if (!holdsFiles(event)) return;
        event.preventDefault();
        newest.current([...(event.dataTransfer?.files ?? [])]);
      },
      { signal },
    );
    return () => ended.abort();
  }, []);
  return isOver;
}
