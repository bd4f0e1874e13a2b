/** What the engine tells everybody who listens: that something changed, never what it is now. */

/**
 * Kinds of things that change. `photos`: rows of a sheet (which there are, their states, thumbnails); `tags`: tags of
 * photos; `concepts`: names, use, mapping of keywords; `edits`: the log of acts; `folders`, `holds`, `destinations`,
 * `settings` as they are called; `notices`: what the owner has to know about the program itself.
 */
export const CHANGE_TOPICS = [
  'photos',
  'tags',
  'concepts',
  'edits',
  'folders',
  'holds',
  'destinations',
  'settings',
  'notices',
] as const;
export type ChangeTopic = (typeof CHANGE_TOPICS)[number];

/**
 * Some things changed: whoever shows them asks again. The first one after a rest comes at once; what follows is gathered
 * for 100 ms, `photos` for a second.
 */
export interface ChangedEvent {
  readonly kind: 'changed';
  readonly topics: readonly ChangeTopic[];
  /** See {@link AsOf}. */
  readonly asOf: number;
}

/**
 * An answer that carries `asOf` shows the ledger at least as it was at that moment of the engine's life: a count that
 * rises with every commit. Of two answers about the same thing the one with the greater `asOf` is the newer, whichever
 * came first; a page drops the older. It starts anew with every engine.
 */
export interface AsOf {
  readonly asOf: number;
}
