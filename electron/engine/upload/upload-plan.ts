/** What a plan of the sending says. */
import type { FailureCause, SkipReason } from '#shared/problems.ts';
import type { Amount } from '#shared/queue.ts';

/** What is before the uploader. */
export interface UploadPlan {
  readonly photoCount: number;
  /** Of them, not asked for at the service. */
  readonly uncheckedCount: number;
  readonly pictureBytes: Amount;
  readonly bodyBytes: Amount;
  readonly batches: Amount;
  readonly awayCount: number;
  /** Queued photos that will fail or be left out instead, by reason. */
  readonly notSent: readonly {
    readonly kind: 'failed' | 'skipped';
    readonly reason: FailureCause | SkipReason;
    readonly count: number;
  }[];
}

/** A plan, and what was seen at its moment: photos are looked at and sizes learnt afterwards, while they move on. */
export interface PlanMade<Seen> {
  readonly plan: UploadPlan;
  readonly seen: Seen;
}
