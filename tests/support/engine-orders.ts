/** What the engine of `engine-child.ts` is told to do, and where it kills itself. */
import type { UploadStep } from '../../electron/engine/upload/uploader-options.ts';
import type { FaultRule } from '../../electron/practice/faults.ts';
import type { DestinationNames } from '#shared/destination.ts';

/**
 * Where the engine dies: the steps of a batch; `stored`, when the account has stored a POST and not answered it;
 * `rendition-unrenamed`, when a rendition is written under its temporary name; `edit-committed`, right behind
 * the commit of an edit.
 */
export type KillPoint = UploadStep | 'stored' | 'rendition-unrenamed' | 'edit-committed';

/** Order of one engine process. */
export interface ChildOrder {
  readonly dataFolder: string;
  readonly folder: string;
  /** Null: the practice account in the data folder. The token comes with `CLARIFAI_PAT`. */
  readonly destination: DestinationNames | null;
  readonly concepts: readonly string[];
  readonly notConcepts: readonly string[];
  readonly batchBytes: number;
  /** File that gets a line per request, `METHOD /path`, before the request goes out. */
  readonly requestLog: string;
  /** Where it dies, and at which time of coming there (from 1); null: it runs until all is done. */
  readonly kill: { readonly at: KillPoint; readonly time: number } | null;
  /** Set at the account first, which may be one that this engine starts. */
  readonly faults: readonly FaultRule[];
  /** At `edit-committed`: the concept, and the file that gets the input ids of the photos right before the commit. */
  readonly edit: { readonly concept: string; readonly inputIdsFile: string };
}
