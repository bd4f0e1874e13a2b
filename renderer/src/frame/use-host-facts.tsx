/** What the host is and can do, asked once. */
import { createContext, useEffect, useState, type ReactNode } from 'react';
import { useConnectionStatus, useHost } from '../engine/use-engine.tsx';
import { useGiven } from '../parts/use-given.ts';
import type { HostFacts } from '#shared/host-api.ts';

const FactsContext = createContext<HostFacts | null>(null);

/** Gives the facts to everything below; `waiting` until they are there. Every life of the host tells its own. */
export function HostFactsProvider(props: {
  readonly waiting: ReactNode;
  readonly children: ReactNode;
}): ReactNode {
  const host = useHost();
  const { state, epoch } = useConnectionStatus();
  const [facts, setFacts] = useState<HostFacts | null>(null);
  useEffect(() => {
    let isWanted = true;
    if (state === 'open')
      void host.hostFacts({}).then(
        (told) => {
          if (isWanted) setFacts(told);
        },
        // A line that breaks now is opened again, and then it is asked again.
        () => undefined,
      );
    return () => {
      isWanted = false;
    };
  }, [host, state, epoch]);
  if (facts === null) return props.waiting;
  return <FactsContext value={facts}>{props.children}</FactsContext>;
}

/** What the host is and can do. */
export function useHostFacts(): HostFacts {
  return useGiven(FactsContext, 'HostFactsProvider');
}
