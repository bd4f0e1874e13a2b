/** What every part of the window needs to know: the chosen destination at a glance, and how the owner likes the view. */
import { createContext, useCallback, useMemo, useState, type ReactNode } from 'react';
import { useGiven } from '../parts/use-given.ts';
import { useAhead } from './use-ahead.ts';
import { useEngine, useLive } from './use-engine.tsx';
import { DEFAULT_VIEW, type Glance, type ViewSettings } from '#shared/glance.ts';

interface KnownView {
  readonly view: ViewSettings;
  /** Resolves also when it could not be kept. */
  readonly saveView: (part: Partial<ViewSettings>) => Promise<void>;
  /** Why the last change could not be kept; null when it was. */
  readonly viewProblem: Error | null;
}

const GlanceContext = createContext<Glance | null>(null);
// Apart from the glance, which changes with every photo that goes its way.
const DestinationContext = createContext<number | null>(null);
const ViewContext = createContext<KnownView | null>(null);

/** Gives both to everything below; shows `waiting` until they are there, and `failed` when they cannot be had. */
export function GlanceProvider({
  waiting,
  failed,
  children,
}: {
  waiting: ReactNode;
  failed: (problem: Error) => ReactNode;
  children: ReactNode;
}) {
  const engine = useEngine();
  const stored = useLive('viewSettings', {}, ['settings']);
  const { take } = stored;
  const { ahead, save } = useAhead<ViewSettings>(
    useCallback(async (part) => take(await engine.saveViewSettings({ settings: part })), [engine, take]),
  );
  const [viewProblem, setViewProblem] = useState<Error | null>(null);
  const settings = stored.value?.settings;
  const view = useMemo(() => ({ ...DEFAULT_VIEW, ...settings, ...ahead }), [settings, ahead]);
  const glance = useLive('glance', settings === undefined ? null : { destinationId: view.destinationId }, [
    'photos',
    'tags',
    'folders',
    'holds',
    'destinations',
    'notices',
  ]);
  const saveView = useCallback(
    (part: Partial<ViewSettings>) =>
      save(part).then(
        () => setViewProblem(null),
        (error: unknown) => setViewProblem(error instanceof Error ? error : new Error(String(error))),
      ),
    [save],
  );
  const [last, setLast] = useState<Glance | undefined>(undefined);
  if (glance.value !== undefined && glance.value !== last) setLast(glance.value);
  // While another destination is asked for, the one before stays.
  const shown = glance.value ?? last;
  const knownView = useMemo(() => ({ view, saveView, viewProblem }), [view, saveView, viewProblem]);
  const problem = glance.problem ?? stored.problem;
  if (shown === undefined) return problem === null ? waiting : failed(problem);
  return (
    <ViewContext value={knownView}>
      <DestinationContext value={shown.destinationId}>
        <GlanceContext value={shown}>{children}</GlanceContext>
      </DestinationContext>
    </ViewContext>
  );
}

/** Which destination is chosen. Who needs no more is not drawn again with every photo that goes its way. */
export function useDestinationId(): number {
  return useGiven(DestinationContext, 'GlanceProvider');
}

/** The chosen destination at a glance. */
export function useGlance(): Glance {
  return useGiven(GlanceContext, 'GlanceProvider');
}

/** How the owner likes the window, and how to change it. */
export function useView(): KnownView {
  return useGiven(ViewContext, 'GlanceProvider');
}
