/**
 * Acts of tagging: asked for, sent in order, painted once they are durable, told in a sentence. A failed act paints
 * nothing.
 */
import type { ActQueue } from '../engine/act-queue.ts';
import { wishesToAdd, wishesToReplace } from './copied-tags.ts';
import { lastGiven, NOTHING_GIVEN, standing, withGiven, type NamedWish } from './given-set.ts';
import { actSentence, failureSentence, taggingText, wishWords } from '../text/tagging.ts';
import type { EngineApi } from '#shared/engine-api.ts';
import type { SheetRow, ShownTag } from '#shared/sheet.ts';
import type { TagTarget } from '#shared/tagging.ts';

/** More photos than this are tagged only after a question. */
const ASKS_ABOVE = 5000;

/** Where an act happens: held fast when the key goes down, wherever the cursor is when it is written. */
export interface TagPlace {
  readonly destinationId: number;
  readonly target: TagTarget;
  /** The cursor photo. */
  readonly cursorId: number | null;
  /** Photos of the target. */
  readonly photoCount: number;
}

/** What acts work with. */
export interface TagActsParts {
  readonly engine: Pick<EngineApi, 'tag' | 'rowsOf' | 'commonTags'>;
  /** Shared with undo and redo. */
  readonly queue: ActQueue;
  /** Paints rows as they are now. */
  readonly applyRows: (rows: readonly SheetRow[], asOf: number) => void;
  /** Says what was done, or why there was nothing to do. */
  readonly say: (text: string, more: { readonly canUndo: boolean }) => void;
  /** Says what went wrong; null: that is over. */
  readonly fail: (sentence: string | null) => void;
  /** Asks whether so many photos are meant. */
  readonly confirm: (place: TagPlace, words: string) => Promise<boolean>;
}

/** Starts with nothing given and nothing copied. Acts answer whether they were done. */
export function createTagActs(parts: TagActsParts) {
  const { engine, queue, say } = parts;
  let given = NOTHING_GIVEN;
  let copied: readonly ShownTag[] | null = null;
  let confirmed: string | null = null;

  /** Whether the owner means so many; asked once for the same photos. */
  async function isMeant(place: TagPlace, words: string): Promise<boolean> {
    const target = JSON.stringify(place.target);
    if (target === confirmed) return true;
    if (!(await parts.confirm(place, words))) return false;
    confirmed = target;
    return true;
  }

  /** Queues an act whose wishes are known when its turn comes; null: there is nothing to do, and that was said. */
  async function enqueue(
    place: TagPlace,
    words: string,
    wishesNow: () => Promise<readonly NamedWish[] | null> | readonly NamedWish[],
  ): Promise<boolean> {
    if (mayBeMistake(place) && !(await isMeant(place, words))) return false;
    try {
      return await queue.add(async () => {
        const wishes = await wishesNow();
        return wishes !== null && (await tag(place, wishes));
      });
    } catch (error) {
      parts.fail(failureSentence(words, error));
      return false;
    }
  }

  async function tag(place: TagPlace, wishes: readonly NamedWish[]): Promise<boolean> {
    const { destinationId, target, photoCount } = place;
    if (wishes.length === 0) {
      say(taggingText.nothingToGive, { canUndo: false });
      return false;
    }
    const sent = wishes.map(({ concept, value }) => ({ concept, value }));
    const done = await engine.tag({ target, wishes: sent, destinationId });
    parts.applyRows(done.rows, done.asOf);
    parts.fail(null);
    given = withGiven(given, place.cursorId, wishes);
    const changedCount = done.photoCount;
    const sentence = actSentence({ wishes, label: done.label, changedCount, photoCount });
    say(sentence, { canUndo: done.editId !== null });
    return true;
  }

  async function wishesToRepeat(place: TagPlace): Promise<readonly NamedWish[] | null> {
    const last = lastGiven(given);
    if (last === null) {
      say(taggingText.nothingToRepeat, { canUndo: false });
      return null;
    }
    if (last.cursorId === null) return last.wishes;
    const { rows } = await engine.rowsOf({ destinationId: place.destinationId, photoIds: [last.cursorId] });
    const wishes = standing(last.wishes, rows[0]?.tags ?? []);
    if (wishes.length > 0) return wishes;
    say(taggingText.nothingStands, { canUndo: false });
    return null;
  }

  /** The copied tags; null, which is said, when nothing was copied yet. */
  function pasted(): readonly ShownTag[] | null {
    if (copied === null) say(taggingText.nothingCopied, { canUndo: false });
    return copied;
  }

  return {
    /** Marks concepts present, absent, or takes them away. */
    give: (place: TagPlace, wishes: readonly NamedWish[]): Promise<boolean> =>
      enqueue(place, wordsOf(wishes), () => wishes),
    /** The same with wishes that have to be found first; null: there are none. Acts that come later wait. */
    giveFound: (
      place: TagPlace,
      words: string,
      find: () => Promise<readonly NamedWish[] | null>,
    ): Promise<boolean> => enqueue(place, words, find),
    /** Gives the tags again that were given since the cursor last moved. */
    repeat: (place: TagPlace): Promise<boolean> =>
      enqueue(place, taggingText.repeat, () => wishesToRepeat(place)),
    /** Keeps the tags of the cursor photo, present and absent. */
    copy: async ({
      destinationId,
      cursorId,
    }: Pick<TagPlace, 'destinationId' | 'cursorId'>): Promise<void> => {
      if (cursorId === null) return;
      try {
        const tags = await queue.add(async () => {
          const { rows } = await engine.rowsOf({ destinationId, photoIds: [cursorId] });
          return rows[0]?.tags ?? [];
        });
        if (tags.length > 0) copied = tags;
        const words = tags.map(({ name, value }) => wishWords(name, value)).join(', ');
        say(tags.length > 0 ? taggingText.copied(words) : taggingText.copiedNone, { canUndo: false });
      } catch (error) {
        parts.fail(failureSentence(taggingText.copyTags, error));
      }
    },
    /** Adds the copied tags; takes nothing away. */
    paste: (place: TagPlace): Promise<boolean> =>
      enqueue(place, taggingText.pasteTags, async () => {
        const tags = pasted();
        return tags === null ? null : wishesToAdd(tags);
      }),
    /** Makes photos have the copied tags and no others. */
    replace: (place: TagPlace): Promise<boolean> =>
      enqueue(place, taggingText.replaceTags, async () => {
        const tags = pasted();
        if (tags === null) return null;
        return wishesToReplace(tags, await engine.commonTags({ target: place.target }));
      }),
  };
}

/** A suggestion says how many photos it is for, so that nobody errs. */
function mayBeMistake({ target, photoCount }: TagPlace): boolean {
  return ('query' in target && target.suggested === undefined) || photoCount > ASKS_ABOVE;
}

function wordsOf(wishes: readonly NamedWish[]): string {
  return wishes.map(({ name, value }) => wishWords(name, value)).join(', ');
}
