/** Calls about concepts. The service has no delete for them. */
import { orNull, checkCount } from './inputs.ts';
import { segment } from './caller.ts';
import type { CallOptions, Caller } from './caller.ts';
import type { Outcome } from './errors.ts';
import { conceptReply, conceptsReply } from './wire.ts';
import type { WireConcept } from './wire.ts';
import type { SentNewConcept } from './wire-sent.ts';

export type ConceptsOutcome = Outcome<{ readonly concepts: readonly WireConcept[] }>;

export interface ConceptCalls {
  /** One concept; null when the app has none with this id. */
  getConcept(id: string, options?: CallOptions): Promise<Outcome<{ readonly concept: WireConcept | null }>>;
  /** One page of the app's concepts, by number from 1. */
  listConcepts(
    page: { readonly page: number; readonly perPage: number },
    options?: CallOptions,
  ): Promise<ConceptsOutcome>;
  /**
   * Creates 1 to 128 concepts. When one id is taken the whole request is refused with code 40003 (problem
   * `refused-whole`) and none is created.
   */
  postConcepts(concepts: readonly SentNewConcept[], options?: CallOptions): Promise<ConceptsOutcome>;
  /** Gives 1 to 128 concepts other names; one that is not there refuses the whole request. */
  patchConcepts(concepts: readonly SentNewConcept[], options?: CallOptions): Promise<ConceptsOutcome>;
  /** Concepts of the app whose name is like `name`; `*` stands for anything. */
  searchConcepts(
    search: { readonly name: string; readonly page: number; readonly perPage: number },
    options?: CallOptions,
  ): Promise<ConceptsOutcome>;
}

/** Makes the calls about concepts. */
export function conceptCalls({ call }: Caller): ConceptCalls {
  return {
    getConcept: async (id, options) => {
      const path = `concepts/${segment(id)}`;
      return orNull(await call({ ...options, method: 'GET', path, reply: conceptReply, aboutOne: true }), {
        concept: null,
      });
    },

    listConcepts: ({ page, perPage }, options) =>
      call({
        ...options,
        method: 'GET',
        path: 'concepts',
        query: [
          ['page', page],
          ['per_page', perPage],
        ],
        reply: conceptsReply,
      }),

    postConcepts: (concepts, options) => {
      checkCount(concepts.length, 'concepts');
      return call({ ...options, method: 'POST', path: 'concepts', body: { concepts }, reply: conceptsReply });
    },

    patchConcepts: (concepts, options) => {
      checkCount(concepts.length, 'concepts');
      const body = { concepts, action: 'overwrite' };
      return call({ ...options, method: 'PATCH', path: 'concepts', body, reply: conceptsReply });
    },

    searchConcepts: ({ name, page, perPage }, options) =>
      call({
        ...options,
        method: 'POST',
        path: 'concepts/searches',
        body: { concept_query: { name }, pagination: { page, per_page: perPage } },
        reply: conceptsReply,
      }),
  };
}
