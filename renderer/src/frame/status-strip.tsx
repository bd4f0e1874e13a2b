import { ChevronDown, CircleAlert, Clock } from 'lucide-react';
import { useEffect, useRef, type ReactNode } from 'react';
import { useConnectionStatus } from '../engine/use-engine.tsx';
import { useGlance, useView } from '../engine/use-glance.tsx';
import { useAnnounce } from '../parts/announcer.tsx';
import { Button } from '../parts/button.tsx';
import { classNames } from '../parts/class-names.ts';
import { Menu, type MenuItem } from '../parts/menu.tsx';
import { counted } from '../text/format.ts';
import { accountTroubles, connectionSentence, destinationName, frameText } from '../text/frame.ts';
import { elsewhereParts, mainHold, statusParts, type StatusPart } from './status-line.ts';
import classes from './status-strip.module.css';
import { useHostFacts } from './use-host-facts.tsx';
import { usePlace } from './use-place.tsx';

const MARKS = { quiet: null, wait: Clock, alert: CircleAlert } as const;

/** One honest sentence about the chosen destination, and which one that is. */
export function StatusStrip(): ReactNode {
  const { go } = usePlace();
  const parts = useStatusParts();
  return (
    <footer className={classes['strip']} aria-label={frameText.status}>
      <div className={classes['sentence']}>
        {(['queue', 'failures', 'account'] as const).map((place) => {
          const here = parts.filter((part) => part.place === place);
          if (here.length === 0) return null;
          return (
            <button
              key={place}
              type="button"
              data-ring="inside"
              className={classes['parts']}
              onClick={() => go(place)}
            >
              {here.map((part) => (
                <Part key={part.text} part={part} isFirst={part === parts[0]} />
              ))}
            </button>
          );
        })}
      </div>
      <DestinationMenu />
    </footer>
  );
}

function Part({ part, isFirst }: { readonly part: StatusPart; readonly isFirst: boolean }): ReactNode {
  const Mark = MARKS[part.tone];
  return (
    <span className={classNames(classes['part'], classes[part.tone])}>
      {!isFirst && <span className={classes['dot']}>·</span>}
      {Mark !== null && <Mark aria-hidden="true" />}
      {part.text}
    </span>
  );
}

/** The sentence; a line to the engine that is not open comes before everything. Screen readers hear only new troubles. */
function useStatusParts(): readonly StatusPart[] {
  const glance = useGlance();
  const { state, sentence } = useConnectionStatus();
  const isDesktop = useHostFacts().kind === 'electron';
  const announce = useAnnounce();
  const parts: readonly StatusPart[] =
    state === 'open'
      ? [...statusParts(glance, Date.now()), ...elsewhereParts(glance)]
      : [
          {
            tone: state === 'connecting' || state === 'lost' ? 'wait' : 'alert',
            text: connectionSentence(state, isDesktop, sentence),
            place: 'queue',
          },
        ];
  const trouble = state === 'open' ? (mainHold(glance.holds)?.kind ?? null) : state;
  const [first] = parts;
  const told = useRef<string | null>(null);
  useEffect(() => {
    if (trouble !== null && trouble !== told.current && first !== undefined) announce(first.text);
    told.current = trouble;
  }, [trouble, first, announce]);
  return parts;
}

function DestinationMenu(): ReactNode {
  const { destinations, destinationId } = useGlance();
  const { saveView } = useView();
  const { go } = usePlace();
  const current = destinations.find(({ id }) => id === destinationId);
  const items: readonly MenuItem[] = [
    { kind: 'heading', label: frameText.destinations.heading },
    ...destinations.map((destination): MenuItem => ({
      kind: 'item',
      label: destinationName(destination),
      detail: [counted(destination.photoCount, 'photo', 'photos'), ...accountTroubles(destination)].join(
        ' · ',
      ),
      isChecked: destination.id === destinationId,
      onSelect: () => void saveView({ destinationId: destination.id }),
    })),
    { kind: 'separator' },
    { kind: 'item', label: frameText.destinations.manage, onSelect: () => go('account') },
  ];
  const name = current === undefined ? frameText.destinations.practice : destinationName(current);
  return (
    <Menu
      align="end"
      side="top"
      items={items}
      trigger={
        <Button
          size="small"
          variant="quiet"
          data-ring="inside"
          aria-label={`${frameText.destinations.menu}: ${name}`}
        >
          <span className={classes['destination']}>
            <span className={classes['name']}>{name}</span>
            <ChevronDown aria-hidden="true" />
          </span>
        </Button>
      }
    />
  );
}
