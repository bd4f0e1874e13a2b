/** The selection of a sheet while it is on screen: what clicks and keys do, with photos that are not loaded asked for. */
import * as change from './selection.ts';
import { NO_SELECTION, type Selection, type Spot } from './selection.ts';

/** What a selection has to know of its sheet. */
export interface SelectableSheet {
  readonly total: () => number;
  /** The photo at a place; undefined while its row is not loaded. */
  readonly idAt: (place: number) => number | undefined;
  /** Photos from one place to another, both included. */
  readonly idsBetween: (from: number, to: number) => Promise<readonly number[]>;
}

/** Places from `from` to `to`, both included. */
export interface Run {
  readonly from: number;
  readonly to: number;
}

/**
 * Where the owner works. In the loupe and in the comparison acts are about the one photo at the cursor, and the
 * selection waits.
 */
export type Focus = 'sheet' | 'one-photo';

export type SelectionStore = ReturnType<typeof createSelectionStore>;

/** Starts with nothing selected. */
export function createSelectionStore(sheet: SelectableSheet, onProblem: (problem: unknown) => void) {
  const listeners = new Set<() => void>();
  let selection = NO_SELECTION;
  let focus: Focus = 'sheet';
  // Answers to an act that another one has overtaken are dropped.
  let turn = 0;

  function set(next: Selection): void {
    if (next === selection) return;
    selection = next;
    for (const listener of listeners) listener();
  }

  function idsOf(runs: readonly Run[]): readonly number[] | Promise<readonly number[]> {
    const ids: number[] = [];
    for (const { from, to } of runs) {
      for (let place = from; place <= to; place += 1) {
        const id = sheet.idAt(place);
        if (id === undefined) return askFor(runs);
        ids.push(id);
      }
    }
    return ids;
  }

  async function askFor(runs: readonly Run[]): Promise<readonly number[]> {
    const answers = await Promise.all(runs.map(({ from, to }) => sheet.idsBetween(from, to)));
    return answers.flat();
  }

  /** Does it at once when the photos are known, else when they are. */
  function withIds(
    ids: readonly number[] | Promise<readonly number[]>,
    act: (ids: readonly number[]) => Selection,
  ): void {
    turn += 1;
    const mine = turn;
    if (!(ids instanceof Promise)) {
      set(act(ids));
      return;
    }
    ids.then((known) => mine === turn && set(act(known))).catch(onProblem);
  }

  function extendTo(spot: Spot, adds: boolean): void {
    const start = selection.anchor?.place ?? spot.place;
    const runs = [{ from: Math.min(start, spot.place), to: Math.max(start, spot.place) }];
    withIds(idsOf(runs), (ids) => change.extendTo(selection, spot, ids, adds));
    // The cursor is where the owner put it, also while the photos between are asked for.
    if (selection.cursor?.place !== spot.place) set(change.moveCursor(selection, spot));
  }

  const wholeSheet = (): readonly Run[] => (sheet.total() === 0 ? [] : [{ from: 0, to: sheet.total() - 1 }]);

  const acts = {
    /** A click on a photo. */
    click(spot: Spot, { extends: extending = false, adds = false } = {}): void {
      if (extending) extendTo(spot, adds);
      else if (!adds) withIds([], () => change.selectOnly(spot));
      else if (selection.isWholeSheet) {
        withIds(idsOf(wholeSheet()), (ids) => change.toggle(selection, spot, ids));
      } else withIds([], () => change.toggle(selection, spot));
    },
    /** Moves the cursor to a place, which is kept within the sheet. Default: selects that photo alone. */
    moveTo(place: number, does: 'select' | 'extend' | 'move' = 'select'): void {
      if (sheet.total() === 0) return;
      const to = Math.max(0, Math.min(place, sheet.total() - 1));
      const arrive = (spot: Spot): void => {
        if (does === 'extend') extendTo(spot, false);
        else
          withIds([], () =>
            does === 'select' ? change.selectOnly(spot) : change.moveCursor(selection, spot),
          );
      };
      const known = sheet.idAt(to);
      if (known !== undefined) {
        arrive({ photoId: known, place: to });
        return;
      }
      turn += 1;
      const mine = turn;
      sheet
        .idsBetween(to, to)
        .then(([photoId]) => photoId !== undefined && mine === turn && arrive({ photoId, place: to }))
        .catch(onProblem);
    },
    /** In when it was out, and the other way round. */
    toggleCursor(): void {
      if (selection.cursor !== null) acts.click(selection.cursor, { adds: true });
    },
    /** All photos of these places. `base` is what stays when the same drag goes on. */
    selectRuns(runs: readonly Run[], { adds = false, base = selection, cursor }: RunOptions = {}): void {
      withIds(idsOf(runs), (ids) =>
        change.selectThese(base, ids, { adds, ...(cursor === undefined ? {} : { cursor }) }),
      );
    },
    /** These photos, wherever they are, with the cursor on one of them. */
    showThese: (ids: readonly number[], cursor: Spot): void =>
      withIds([], () => change.selectThese(selection, ids, { cursor })),
    selectAll: (): void => withIds([], () => change.selectAll(selection)),
    selectNone: (): void => withIds([], () => change.selectNone(selection)),
    invert(): void {
      if (selection.isWholeSheet) acts.selectNone();
      else withIds(idsOf(wholeSheet()), (ids) => change.invert(selection, ids));
    },
    /** Opens the loupe or the comparison (`one-photo`), or goes back. */
    workOn(next: Focus): void {
      if (focus === next) return;
      focus = next;
      selection = { ...selection };
      for (const listener of listeners) listener();
    },
    /** Puts the cursor on a photo and leaves the selection: the active one of a comparison. */
    pointAt: (spot: Spot): void => withIds([], () => change.moveCursor(selection, spot)),
  };

  return {
    ...acts,
    now: (): Selection => selection,
    focus: (): Focus => focus,
    /** The sheet changed, see selection. */
    follow(stays: (photoId: number) => boolean, cursor: Spot | null): void {
      set(change.afterChange(selection, stays, cursor));
    },
    /** Another sheet: nothing is selected. */
    reset: (): void => withIds([], () => NO_SELECTION),
    onChange: (listener: () => void): (() => void) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

interface RunOptions {
  readonly adds?: boolean;
  readonly base?: Selection;
  readonly cursor?: Spot | null;
}
