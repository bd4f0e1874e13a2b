import type { ReactNode } from 'react';
import { useEngine } from '../engine/use-engine.tsx';
import { useGlance } from '../engine/use-glance.tsx';
import { heldPart } from '../frame/status-line.ts';
import { usePlace } from '../frame/use-place.tsx';
import { Banner } from '../parts/banner.tsx';
import { Button } from '../parts/button.tsx';
import { useMessages } from '../parts/messages.tsx';
import { holdActs, queueText as text } from '../text/queue.ts';
import classes from './places.module.css';
import type { Hold } from '#shared/problems.ts';
import type { OverruledRest } from '#shared/sending.ts';

/** What holds the sending, each with the act that may end it. */
export function QueueHolds(): ReactNode {
  const glance = useGlance();
  return glance.holds.map((hold) => {
    const { tone, text: sentence } = heldPart(glance, hold, Date.now());
    return (
      <Banner key={hold.kind} tone={tone} action={<HoldAct hold={hold} />}>
        {sentence}
        {hold.detail !== null && <p className={classes['small']}>{hold.detail}</p>}
      </Banner>
    );
  });
}

function HoldAct({ hold }: { readonly hold: Hold }): ReactNode {
  const engine = useEngine();
  const { go } = usePlace();
  const { say } = useMessages();
  const isPaused = useGlance().holds.some(({ kind }) => kind === 'paused');
  const act = holdActs[hold.kind];
  // A try would end the pause, which the owner has not asked for here.
  if (act === null || (act === 'tryNow' && isPaused)) return null;
  const done: Readonly<Record<typeof act, () => Promise<unknown>>> = {
    account: () => Promise.resolve(go('account')),
    resume: () => engine.resume({}),
    tryNow: () => engine.resume({}),
    sendAllTheSame: () => engine.sendAllTheSame({ kind: hold.kind as OverruledRest }),
  };
  return (
    <Button
      size="small"
      onClick={() =>
        void done[act]().catch((error: unknown) =>
          say({ text: error instanceof Error ? error.message : String(error) }),
        )
      }
    >
      {text[act]}
    </Button>
  );
}
