import type { ReactNode } from 'react';
import { useEngine, useHost } from '../engine/use-engine.tsx';
import { useDestinationId, useGlance } from '../engine/use-glance.tsx';
import { heldPart } from '../frame/status-line.ts';
import { useHostFacts } from '../frame/use-host-facts.tsx';
import { usePlace } from '../frame/use-place.tsx';
import { useCopy } from '../inspector/use-copy.ts';
import { Banner } from '../parts/banner.tsx';
import { Button } from '../parts/button.tsx';
import { useMessages } from '../parts/messages.tsx';
import { usePauses } from '../steering/use-pauses.ts';
import { holdActs, holdDetails, queueText as text, type HoldAct } from '../text/queue.ts';
import classes from './places.module.css';
import { RESTS, type Hold } from '#shared/problems.ts';
import type { OverrulableRest } from '#shared/sending.ts';

/** What holds the sending, a banner each, with the acts that may end it. */
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
            <Banner tone={tone} action={<HoldActs hold={hold} />}>
              {sentence}
              {details !== null && <p className={classes['small']}>{details}</p>}
            </Banner>
          </li>
        );
      })}
    </ul>
  );
}

/** Where the owner of an account sees its plan, and what is used of it. */
const PLAN_PAGE = 'https://clarifai.com/settings';

function HoldActs({ hold }: { readonly hold: Hold }): ReactNode {
  const { fail } = useMessages();
  const { canReveal } = useHostFacts();
  const { holds, destinations, destinationId } = useGlance();
  const act = useHoldAct(hold);
  const isResting = holds.some(({ kind }) => RESTS.has(kind));
  const shown = destinations.find(({ id }) => id === destinationId);
  const isClarifai = URL.parse(shown?.baseUrl ?? '')?.hostname === 'api.clarifai.com';
  return (
    holdActs(hold.kind, { isPractice: shown?.isPractice === true, isClarifai, canReveal })
      // Nothing is tried under a rest, and a try would end a pause, which the owner has not asked for here.
      .filter((name) => name !== 'tryNow' || !isResting)
      .map((name) => (
        <Button key={name} size="small" onClick={() => void act(name).catch(fail)}>
          {text[name]}
        </Button>
      ))
  );
}

/** How each act is done. */
function useHoldAct(hold: Hold): (name: HoldAct) => Promise<unknown> {
  const engine = useEngine();
  const host = useHost();
  const { go } = usePlace();
  const { resume } = usePauses();
  const copy = useCopy();
  const destinationId = useDestinationId();
  const acts: Readonly<Record<HoldAct, () => Promise<unknown>>> = {
    token: () => Promise.resolve(go('account', { tokenOf: destinationId })),
    resume: () => Promise.resolve(resume()),
    tryNow: () => engine.resume({}),
    sendAllTheSame: () => engine.sendAllTheSame({ kind: hold.kind as OverrulableRest }),
    seePlan: () => Promise.resolve(window.open(PLAN_PAGE, '_blank', 'noopener')),
    showData: async () => host.reveal({ path: (await engine.dataFolder({})).ledgerPath }),
    copyData: async () => copy((await engine.dataFolder({})).path),
  };
  return (name) => acts[name]();
}
