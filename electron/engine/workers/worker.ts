/**
 * The worker process: decodes and hashes files of strangers, one at a time, so that what goes wrong here costs one
 * photo a stated reason and never the engine. To add a kind of job, add a line to `TASKS`.
 */
import { flushCompileCache } from 'node:module';
import sharp from 'sharp';
import { makePreview } from '../imaging/preview.ts';
import { makeRendition } from '../imaging/rendition.ts';
import { makeThumbnails } from '../imaging/thumbnails.ts';
import { exposureOf } from '../ingest/exposure.ts';
import { identify } from '../ingest/identity.ts';
import { runWalk, type WalkJob } from '../ingest/walk-job.ts';
import { checkLedger } from '../ledger/check.ts';
import { openChannel } from './channel.ts';
import { giveWay } from './give-way.ts';
import type {
  CheckLedgerJob,
  ExposureJob,
  IdentifyJob,
  PreviewJob,
  RenditionJob,
  ThumbnailsJob,
} from './jobs.ts';
import { serveTasks, type Tasks } from './serve.ts';

const TASKS: Tasks = {
  walk: (job: WalkJob, context) => runWalk(job, context),
  identify: ({ path }: IdentifyJob, { signal }) => identify(path, { signal }),
  thumbnails: (job: ThumbnailsJob) => makeThumbnails(job),
  rendition: (job: RenditionJob) => makeRendition(job),
  preview: (job: PreviewJob) => makePreview(job),
  exposure: ({ path }: ExposureJob, { signal }) => exposureOf(path, { signal }),
  'check-ledger': ({ path }: CheckLedgerJob) => Promise.resolve(checkLedger(path)),
};

/** The only loaders that files of strangers reach: no SVG, no PDF, no Ultra HDR (its base picture is a plain JPEG). */
const LOADERS = ['Jpeg', 'Png', 'Webp', 'Nsgif', 'Tiff', 'Heif'];

process.title = 'tagalong-worker';
// Ctrl-C reaches all processes of a terminal; the engine ends its workers itself.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => undefined);
// Node ends a process for a failure that nobody took up, Electron only warns: then the task would hang.
process.on('unhandledRejection', (error) => {
  throw error;
});
// Tens of decodes may wait; a tag key and the owner's other programs do not wait for them.
giveWay();
// Every file is seen once: a cache would only hold memory. One thread per worker: there is a worker per core.
sharp.cache(false);
sharp.concurrency(1);
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({ operation: LOADERS.map((name) => `VipsForeignLoad${name}`) });

const channel = await openChannel();
// Not `process.exit`, which waits for the decode that a pool thread is in.
channel.onGone(() => process.kill(process.pid, 'SIGKILL'));
serveTasks(channel, TASKS);
// A worker never ends by itself, which is when Node would keep what it compiled for the next one.
flushCompileCache();
