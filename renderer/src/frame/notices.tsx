import { useEffect, type ReactNode } from 'react';
import { useConnectionStatus } from '../engine/use-engine.tsx';
import { useGlance, useView } from '../engine/use-glance.tsx';
import { Banner } from '../parts/banner.tsx';
import { useMessages } from '../parts/messages.tsx';
import { connectionSentence, frameText } from '../text/frame.ts';
import { problemSentence } from '../text/problem.ts';
import { useBrowserNews } from './browser-news.ts';

/** What is said above every place: what the owner has to know about the program itself. */
export function Notices(): ReactNode {
  useBrowserNews();
  useViewProblem();
  const { notices } = useGlance();
  const { state, sentence } = useConnectionStatus();
  // Nobody opens such a line again: what is shown is old, and nothing that is done now would be kept.
  const closed =
    state === 'refused' || state === 'ended' ? connectionSentence(state, state === 'ended', sentence) : null;
  if (closed === null && notices.length === 0) return null;
  return (
    <section aria-label={frameText.notices}>
      {closed !== null && <Banner tone="alert">{closed}</Banner>}
      {notices.map((notice) => (
        <Banner key={notice} tone="quiet">
          {notice}
        </Banner>
      ))}
    </section>
  );
}

/** Says that a change of the view was not kept. */
function useViewProblem(): void {
  const { viewProblem } = useView();
  const { say } = useMessages();
  useEffect(() => {
    if (viewProblem !== null) say({ text: problemSentence(viewProblem) });
  }, [viewProblem, say]);
}
