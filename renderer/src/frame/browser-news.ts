/** What a browser can show of Tagalong while it is not looked at: the tab's title, and notifications where allowed. */
import { useEffect, useRef } from 'react';
import { useGlance } from '../engine/use-glance.tsx';
import { tabTitle } from '../text/desktop.ts';
import { useHostFacts } from './use-host-facts.tsx';
import { usePlace } from './use-place.tsx';
import { hearNews, NOTHING_HEARD, type News } from '#shared/news.ts';
import { needCount, standingAt } from '#shared/standing.ts';

/** Shows both: what goes on at the chosen account, and what needs the owner at any. The desktop program does so itself, window or not. */
export function useBrowserNews(): void {
  const glance = useGlance();
  const { kind } = useHostFacts();
  const { go } = usePlace();
  const memory = useRef(NOTHING_HEARD);
  const isBrowser = kind === 'local';
  const { destinationId } = glance;
  useEffect(() => {
    // Another account has other counts.
    memory.current = NOTHING_HEARD;
  }, [destinationId]);
  useEffect(() => {
    if (!isBrowser) return undefined;
    const standing = standingAt(glance);
    document.title = tabTitle(needCount(standing));
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = (): void => {
      const { memory: next, news, againAt } = hearNews(memory.current, standing, Date.now());
      memory.current = next;
      for (const one of news) notify(one, () => go(one.place));
      if (againAt !== null) timer = setTimeout(look, Math.max(0, againAt - Date.now()));
    };
    look();
    return () => clearTimeout(timer);
  }, [glance, isBrowser, go]);
}

function notify({ kind, title, words }: News, onClick: () => void): void {
  const isAllowed = 'Notification' in globalThis && Notification.permission === 'granted';
  if (!isAllowed || document.visibilityState === 'visible') return;
  // Of several tabs that tell the same, the last one's stays.
  const notification = new Notification(title, { body: words, tag: `tagalong-${kind}`, silent: true });
  notification.addEventListener('click', () => {
    window.focus();
    onClick();
  });
}
