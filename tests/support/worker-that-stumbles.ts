/**
 * The product's jobs in a worker that decodes some files badly, as their names say: `crash.jpg` ends the process,
 * `hang.jpg` never answers, `hang-once.jpg` answers when it is tried again, `vanish.jpg` is deleted before it is read,
 * and of several `vanish-once.jpg` in folders side by side the first that is tried.
 */
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { makePreview } from '../../electron/engine/imaging/preview.ts';
import { makeRendition } from '../../electron/engine/imaging/rendition.ts';
import { makeThumbnails } from '../../electron/engine/imaging/thumbnails.ts';
import { identify } from '../../electron/engine/ingest/identity.ts';
import { runWalk, type WalkJob } from '../../electron/engine/ingest/walk-job.ts';
import { openChannel } from '../../electron/engine/workers/channel.ts';
import type {
  IdentifyJob,
  PreviewJob,
  RenditionJob,
  ThumbnailsJob,
} from '../../electron/engine/workers/jobs.ts';
import { serveTasks, type Tasks } from '../../electron/engine/workers/serve.ts';

function hang(): never {
  for (;;) {
    // Says nothing and hears nothing, as a decoder in an endless loop.
  }
}

/** Makes the marker; false when it is there already. */
function isFirstTime(marker: string): boolean {
  if (existsSync(marker)) return false;
  writeFileSync(marker, '');
  return true;
}

function stumble(file: string): void {
  const name = path.basename(file);
  if (name === 'crash.jpg') process.kill(process.pid, 'SIGSEGV');
  if (name === 'vanish.jpg') rmSync(file, { force: true });
  const above = path.dirname(path.dirname(file));
  if (name === 'vanish-once.jpg' && isFirstTime(path.join(above, 'vanished.tmp'))) rmSync(file);
  const hangsOnce = name === 'hang-once.jpg' && isFirstTime(`${file}.tmp`);
  if (name === 'crash.jpg' || name === 'hang.jpg' || hangsOnce) hang();
}

const TASKS: Tasks = {
  walk: (job: WalkJob, context) => runWalk(job, context),
  identify: (job: IdentifyJob, { signal }) => identify(job.path, { signal }),
  thumbnails(job: ThumbnailsJob) {
    stumble(job.path);
    return makeThumbnails(job);
  },
  rendition: (job: RenditionJob) => makeRendition(job),
  preview: (job: PreviewJob) => makePreview(job),
};

const channel = await openChannel();
channel.onGone(() => process.kill(process.pid, 'SIGKILL'));
serveTasks(channel, TASKS);
