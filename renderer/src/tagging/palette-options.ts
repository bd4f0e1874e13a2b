/** What the concept palette offers for what is typed, in the order in which it is shown. */
import type { ConceptDraft, ConceptMatches, ConceptUse } from '#shared/tagging.ts';

export type PaletteOption =
  | {
      readonly kind: 'concept';
      readonly key: string;
      readonly concept: ConceptUse;
      /** `near`: nearly what is typed, so that it may be meant. */
      readonly section: 'match' | 'recent' | 'frequent' | 'near';
    }
  | { readonly kind: 'create'; readonly key: string; readonly draft: ConceptDraft };

/** Last used concepts first, then the most used that are not among them. */
export function optionsWhenEmpty(used: {
  readonly recent: readonly ConceptUse[];
  readonly frequent: readonly ConceptUse[];
}): readonly PaletteOption[] {
  const recent = new Set(used.recent.map(({ conceptId }) => conceptId));
  return [
    ...used.recent.map((concept) => option(concept, 'recent')),
    ...used.frequent
      .filter(({ conceptId }) => !recent.has(conceptId))
      .map((concept) => option(concept, 'frequent')),
  ];
}

/** What matches; then what may be meant; making a new one is always the last. */
export function optionsFor({
  matches,
  exact,
  draft,
}: Pick<ConceptMatches, 'matches' | 'exact' | 'draft'>): readonly PaletteOption[] {
  const first = exact === null ? [] : [exact];
  const matching = [...first, ...matches.filter(({ conceptId }) => conceptId !== exact?.conceptId)];
  const matched = new Set(matching.map(({ conceptId }) => conceptId));
  const near = draft?.near.filter(({ conceptId }) => !matched.has(conceptId)) ?? [];
  const create = draft === null ? [] : [{ kind: 'create' as const, key: 'create', draft }];
  return [
    ...matching.map((concept) => option(concept, 'match')),
    ...near.map((concept) => option(concept, 'near')),
    ...create,
  ];
}

function option(
  concept: ConceptUse,
  section: Extract<PaletteOption, { kind: 'concept' }>['section'],
): PaletteOption {
  return { kind: 'concept', key: String(concept.conceptId), concept, section };
}

/** The concept that nearly is what is typed, when making a new one may be a mistake. */
export function nearDuplicate(options: readonly PaletteOption[]): ConceptUse | null {
  const create = options.find((each) => each.kind === 'create');
  return create?.draft.near[0] ?? null;
}
