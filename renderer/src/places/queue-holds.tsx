import type { ReactNode } from 'react';
import { useEngine } from '../engine/use-engine.tsx';
import { useGlance } from '../engine/use-glance.tsx';
import { heldPart } from '../frame/status-line.ts';
import { usePlace } from '../frame/use-place.tsx';
import { Banner } from '../parts/banner.tsx';
import { Button } from '../parts/button.tsx';
import { useMessages } from '../parts/messages.tsx';
import { usePauses } from '../steering/use-pauses.ts';
import { holdAct, holdDetails, queueText as text } from '../text/queue.ts';
import classes from './places.module.css';
import { RESTS, type Hold } from '#shared/problems.ts';
import type { OverruledRest } from '#shared/sending.ts';

/** What holds the sending, a banner each, with the act that may end it. */
export function QueueHolds(): ReactNode {
  const glance = useGlance();
  if (glance.holds.length === 0) return null;
  return (
    <ul className={classes['banners']} aria-label={text.holds}>
      {glance.holds.map((hold) => {
        const { tone, text: sentence } = heldPart(glance, hold, Date.now());
        const details = holdDetails(hold, Date.now());
        return (
          <li key={hold.kind}>
            <Banner tone={tone} action={<HoldAct hold={hold} />}>
              {sentence}
              {details !== null && <p className={classes['small']}>{details}</p>}
            </Banner>
          </li>
        );
      })}
    </ul>
  );
}

function HoldAct({ hold }: { readonly hold: Hold }): ReactNode {
  const engine = useEngine();
  const { go } = usePlace();
  const { fail } = useMessages();
  const { resume } = usePauses();
  const { holds, destinations, destinationId } = useGlance();
  const isResting = holds.some(({ kind }) => RESTS.has(kind));
  const isPractice = destinations.find(({ id }) => id === destinationId)?.isPractice === true;
  const act = holdAct(hold.kind, isPractice);
  // Nothing is tried under a rest, and a try would end a pause, which the owner has not asked for here.
  if (act === null || (act === 'tryNow' && isResting)) return null;
  const acts: Readonly<Record<typeof act, () => void>> = {
    token: () => go('account', { tokenOf: destinationId }),
    resume,
    tryNow: () => void engine.resume({}).catch(fail),
    sendAllTheSame: () => void engine.sendAllTheSame({ kind: hold.kind as OverruledRest }).catch(fail),
  };
  return (
    <Button size="small" onClick={acts[act]}>
      {text[act]}
    </Button>
  );
}
