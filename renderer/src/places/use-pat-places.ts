import { useEffect, useState } from 'react';
import { reportProblem } from '../engine/report-problem.ts';
import { useConnectionStatus, useHost } from '../engine/use-engine.tsx';
import type { PatPlace } from '#shared/host-api.ts';

/** Where the tokens of base URLs are kept, asked of the host; `refresh` asks again. Those not told yet are missing. */
export function usePatPlaces(baseUrls: readonly string[]): {
  readonly places: ReadonlyMap<string, PatPlace>;
  readonly refresh: () => void;
} {
  const host = useHost();
  const { state, epoch } = useConnectionStatus();
  const [places, setPlaces] = useState<ReadonlyMap<string, PatPlace>>(new Map());
  const [round, setRound] = useState(0);
  const asked = [...new Set(baseUrls)].toSorted().join(' ');
  useEffect(() => {
    if (state !== 'open' || asked === '') return undefined;
    let isWanted = true;
    for (const baseUrl of asked.split(' ')) {
      host.patPlace({ baseUrl }).then((place) => {
        if (isWanted) setPlaces((before) => new Map([...before, [baseUrl, place]]));
      }, reportProblem);
    }
    return () => {
      isWanted = false;
    };
  }, [host, state, epoch, asked, round]);
  return { places, refresh: () => setRound((before) => before + 1) };
}
