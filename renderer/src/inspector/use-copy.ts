import { useMessages } from '../parts/messages.tsx';
import { inspectorText } from '../text/inspector.ts';

/** How to copy text, and say that it was. */
export function useCopy(): (text: string) => void {
  const { say } = useMessages();
  return (text) => {
    navigator.clipboard.writeText(text).then(
      () => say({ text: inspectorText.copied }),
      () => say({ text: inspectorText.copyFailed }),
    );
  };
}
