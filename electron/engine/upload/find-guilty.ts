/**
 * A batch was refused as a whole: finds the photo that is to blame. Of the suspects the first half is sent; when it is
 * taken, the guilty one is among the others, and when it is refused, the others wait aside. So one guilty photo in 128
 * costs seven more requests and, at most, one for itself and one for those aside.
 */
import type { UploadContext } from './context.ts';
import type { LinkBudget } from './link-budget.ts';
import { postBatch } from './post-batch.ts';
import type { BatchResult } from './post-batch.ts';

type Guilty = Extract<BatchResult, { kind: 'guilty' }>;

/**
 * Sends parts of the refused batch until one photo is found guilty or all are taken. `letGo` is told which photos it
 * has no more plans for; they are queued and go with the next ordinary batches.
 */
export async function findGuilty(
  ctx: UploadContext,
  budget: LinkBudget,
  refused: Guilty,
  letGo: (photoIds: readonly number[]) => void,
): Promise<void> {
  // For a request that is merely too large both halves are innocent, and there is nobody to look for.
  if (refused.problem === 'too-large') {
    await sendHalves(ctx, budget, refused, letGo);
    return;
  }
  let suspects = refused.photoIds;
  let aside: readonly number[] = [];
  let parentId = refused.batchId;
  while (suspects.length > 0) {
    const first = suspects.slice(0, Math.ceil(suspects.length / 2));
    const others = suspects.slice(first.length);
    const result = await sendPart(ctx, budget, first, parentId);
    if (result.kind === 'settled') {
      letGo(first);
      suspects = others;
    } else if (result.kind === 'guilty') {
      aside = [...others, ...aside];
      suspects = first;
      parentId = result.batchId;
    } else {
      aside = [...suspects, ...aside];
      break;
    }
  }
  letGo(aside);
}

async function sendHalves(
  ctx: UploadContext,
  budget: LinkBudget,
  refused: Guilty,
  letGo: (photoIds: readonly number[]) => void,
): Promise<void> {
  const middle = Math.ceil(refused.photoIds.length / 2);
  for (const half of [refused.photoIds.slice(0, middle), refused.photoIds.slice(middle)]) {
    const result = await sendPart(ctx, budget, half, refused.batchId);
    if (result.kind === 'guilty') await findGuilty(ctx, budget, result, letGo);
    else letGo(half);
  }
}

function sendPart(
  ctx: UploadContext,
  budget: LinkBudget,
  photoIds: readonly number[],
  parentId: number,
): Promise<BatchResult> {
  return postBatch(ctx, budget, { photoIds, parentId, budgetBytes: Infinity, tries: 1 });
}
