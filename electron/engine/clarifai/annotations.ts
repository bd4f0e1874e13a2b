/** Calls about annotations, deletes included; for edits and the account, not for uploading. */
import { segment } from './caller.ts';
import type { CallOptions, Caller } from './caller.ts';
import type { Outcome } from './errors.ts';
import { checkCount, orNull } from './inputs.ts';
import { annotationReply, annotationsReply, emptyReply } from './wire.ts';
import type { WireAnnotation } from './wire.ts';
import type { PatchAction, SentAnnotation } from './wire-sent.ts';

/** Several annotations, each with its own status. */
export type AnnotationsOutcome = Outcome<{ readonly annotations: readonly WireAnnotation[] }>;

export interface AnnotationCalls {
  /** Adds 1 to 128 annotations to inputs that are indexed (30000). */
  postAnnotations(annotations: readonly SentAnnotation[], options?: CallOptions): Promise<AnnotationsOutcome>;
  /** One page of the annotations that people made on these inputs (1 to 128), oldest first; pages count from 1. */
  listAnnotations(page: AnnotationsPage, options?: CallOptions): Promise<AnnotationsOutcome>;
  /** One annotation; null when there is none. */
  getAnnotation(
    inputId: string,
    annotationId: string,
    options?: CallOptions,
  ): Promise<Outcome<{ readonly annotation: WireAnnotation | null }>>;
  /** Changes 1 to 128 annotations in one way; new coordinates need `overwrite` and everything that shall stay. */
  patchAnnotations(
    patch: { readonly annotations: readonly SentAnnotation[]; readonly action: PatchAction },
    options?: CallOptions,
  ): Promise<AnnotationsOutcome>;
  /**
   * Deletes 1 to 128 annotations, each named with its input. Without annotation ids the service would delete all of
   * an input, so that form is not offered.
   */
  deleteAnnotations(
    annotations: readonly { readonly id: string; readonly inputId: string }[],
    options?: CallOptions,
  ): Promise<Outcome<object>>;
}

export interface AnnotationsPage {
  readonly inputIds: readonly string[];
  readonly page: number;
  /** 1 to 1000. */
  readonly perPage: number;
  /** Also those that models made; default false. */
  readonly all?: boolean;
}

/** Makes the calls about annotations. */
export function annotationCalls({ call }: Caller): AnnotationCalls {
  return {
    postAnnotations: (annotations, options) => {
      checkCount(annotations.length, 'annotations');
      return call({
        ...options,
        method: 'POST',
        path: 'annotations',
        body: { annotations },
        reply: annotationsReply,
      });
    },

    listAnnotations: ({ inputIds, page, perPage, all }, options) => {
      checkCount(inputIds.length, 'input ids');
      return call({
        ...options,
        method: 'GET',
        path: 'annotations',
        query: [
          ...inputIds.map((id) => ['input_ids', id] as const),
          ...(all === true ? [['list_all_annotations', 'true'] as const] : []),
          ['page', page],
          ['per_page', perPage],
        ],
        reply: annotationsReply,
      });
    },

    getAnnotation: async (inputId, annotationId, options) => {
      const path = `inputs/${segment(inputId)}/annotations/${segment(annotationId)}`;
      const reply = annotationReply;
      return orNull(await call({ ...options, method: 'GET', path, reply, aboutOne: true }), {
        annotation: null,
      });
    },

    patchAnnotations: ({ annotations, action }, options) => {
      checkCount(annotations.length, 'annotations');
      return call({
        ...options,
        method: 'PATCH',
        path: 'annotations',
        body: { annotations, action },
        reply: annotationsReply,
      });
    },

    deleteAnnotations: (annotations, options) => {
      checkCount(annotations.length, 'annotations');
      if (annotations.some(({ id, inputId }) => id === '' || inputId === '')) {
        throw new RangeError('An annotation to delete needs its id and the id of its input.');
      }
      const body = {
        ids: annotations.map(({ id }) => id),
        input_ids: annotations.map(({ inputId }) => inputId),
      };
      return call({ ...options, method: 'DELETE', path: 'annotations', body, reply: emptyReply });
    },
  };
}
