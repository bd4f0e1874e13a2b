import { useRef, useState, type ReactNode } from 'react';
import { useHost } from '../engine/use-engine.tsx';
import { useGlance } from '../engine/use-glance.tsx';
import { Button } from '../parts/button.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { useMessages } from '../parts/messages.tsx';
import { destinationName } from '../text/frame.ts';
import { tokenText as text } from '../text/places.ts';
import type { DestinationChoice } from '#shared/glance.ts';
import type { PatPlace } from '#shared/host-api.ts';

/** Takes a token that this host keeps away again, after saying what that does; nothing where it keeps none. */
export function ForgetToken(props: {
  readonly destination: DestinationChoice;
  readonly patPlace: PatPlace;
  readonly onForgotten: () => void;
}): ReactNode {
  const { baseUrl } = props.destination;
  const { store } = props.patPlace;
  const host = useHost();
  const { destinations } = useGlance();
  const { say, fail } = useMessages();
  const [isAsking, setIsAsking] = useState(false);
  const keep = useRef<HTMLButtonElement>(null);
  if (store === null || store === 'environment') return null;
  const name = destinationName(props.destination);
  const close = (): void => setIsAsking(false);
  const forget = (): void => {
    close();
    host.forgetPat({ baseUrl }).then(() => {
      say({ text: text.forgotten(name) });
      props.onForgotten();
    }, fail);
  };
  const sharing = destinations.filter((one) => one.baseUrl === baseUrl).map(destinationName);
  return (
    <>
      <Button size="small" variant="quiet" aria-label={text.forgetOf(name)} onClick={() => setIsAsking(true)}>
        {text.forget}
      </Button>
      {isAsking && (
        <Dialog
          title={text.title(name)}
          description={text.description(store, sharing)}
          isOpen
          firstFocus={keep}
          onClose={close}
          footer={
            <>
              <Button ref={keep} onClick={close}>
                {text.keep}
              </Button>
              <Button variant="primary" onClick={forget}>
                {text.forget}
              </Button>
            </>
          }
        />
      )}
    </>
  );
}
