import { createAlarm } from './alarm.ts';
import { askAhead, createCheck } from './check.ts';
import { createFlight, pauseFor, settle } from './context.ts';
import type { UploadContext } from './context.ts';
import { createFollow } from './follow.ts';
import { createHoldKeeper } from './hold-keeper.ts';
import { keepPace } from './kept-pace.ts';
import { createLane } from './lane.ts';
import type { Lane } from './lane.ts';
import { createLinkBudget, withinLimit } from './link-budget.ts';
import type { LinkBudget } from './link-budget.ts';
import { createPlan } from './plan.ts';
import { createPrepare, DISK_FULL_RETRY_MS, hasSpoolRoom } from './prepare.ts';
import { createRecover } from './recover.ts';
import { createRevive } from './revive.ts';
import { createSend } from './send.ts';
import { createShield } from './shield.ts';
import { createTraffic } from './traffic.ts';
import type { Uploader, UploaderOptions } from './uploader-options.ts';

/** Starts the uploader of one destination: asks about what a crash left open, then sends what is queued. */
export function createUploader(options: UploaderOptions): Uploader {
  const { ledger, destination, clock, settings } = options;
  let lanes: readonly Lane[] = [];
  const wake = (): void => {
    for (const lane of lanes) lane.wake();
  };
  const shield = createShield(options);
  const changed = (): void => {
    wake();
    shield.run('upload.change-not-told', {}, () => options.onChange?.());
  };
  const { client } = options;
  const holds = createHoldKeeper({
    ...options,
    shield,
    destinationId: destination.id,
    probe: (signal) => client.inputCounts({ signal }),
    onChange: changed,
  });
  const flight = createFlight(clock.elapsed());
  const alarm = createAlarm(clock, () => {
    wake();
    shield.run('upload.retries-not-awaited', {}, awaitRetries);
  });
  // Photos that waited for their time before the start are known to the ledger only.
  const awaitRetries = (): void => {
    const nextRetryAt = ledger.workLists.nextRetryAt(destination.id, clock.now());
    if (nextRetryAt !== null) alarm.at(nextRetryAt);
  };
  const ctx: UploadContext = {
    ...options,
    destinationId: destination.id,
    settings: settle(settings),
    holds,
    flight,
    alarm,
    shield,
    traffic: createTraffic(clock, options.steering.limit),
    changed,
  };
  const budget = withinLimit(
    createLinkBudget(ledger, destination.id, settings?.batchBytes),
    options.steering,
  );
  const work = createWork(ctx, budget);
  lanes = work.lanes;
  const plan = createPlan(ctx, budget);
  awaitRetries();
  wake();

  return {
    wake,
    setEnding(ending) {
      // Told again and again while a run is watched: a wake each time would undo the lanes' waits after trouble.
      if (flight.isEnding === ending) return;
      flight.isEnding = ending;
      wake();
    },
    pause: (until) => holds.pause(until),
    rest: (kind, until) => holds.rest(kind, until),
    liftRest: (kind) => holds.lift(kind),
    resume: () => holds.resume(),
    probe: () => holds.probe(),
    reconnect: () => holds.reconnect(),
    diskFull(detail) {
      if (detail === null) holds.lift('disk-full');
      else holds.place('disk-full', detail, DISK_FULL_RETRY_MS);
    },
    idle: () => work.idle(),
    fault: () => shield.fault(),
    stats: () => ({
      batchesInFlight: work.batchCount(),
      rendersInFlight: flight.renders.size,
      requestCount: holds.requestCount(),
      postCount: flight.postCount,
      batchesPosted: flight.batchesPosted,
      bytesSent: flight.bytesSent,
      budgetBytes: budget.bytes(),
    }),
    gate: {
      isOpen: () => !holds.isHeld(),
      failed: (problem) => holds.report(problem),
      succeeded: () => holds.proved(),
    },
    traffic: ctx.traffic,
    plan: (look) => plan.make(look),
    askAhead: () => askAhead(ctx),
    async stop() {
      await Promise.all([plan.stop(), work.stop()]);
    },
  };
}

/** The lanes, and how they come to rest and to their end. */
function createWork(ctx: UploadContext, budget: LinkBudget) {
  const { ledger, destinationId, clock, shield, holds, flight } = ctx;
  let waiting: (() => void)[] = [];
  let isStopped = false;
  /** That of the link: under a limit it says nothing of what the next run can do. */
  const keepOwnPace = (): void => {
    if (ctx.steering.limit.now() === null) keepPace(ledger, destinationId, ctx.traffic.pace());
  };
  const onRest = (): void => {
    if (!isIdle()) return;
    if (!holds.isHeld()) {
      ctx.traffic.rest();
      shield.run('upload.pace-not-kept', {}, keepOwnPace);
    }
    for (const resolve of waiting) resolve();
    waiting = [];
  };
  const lane = (name: string, step: () => Promise<number | null>, thenWake?: () => Lane): Lane => {
    const rested = (): void => {
      if (flight.isEnding) thenWake?.().wake();
      onRest();
    };
    return createLane({ name, clock, shield, step, onRest: rested });
  };

  const prepare = createPrepare(ctx);
  // At the end of a run the last batch waits for these two to come to rest.
  const checkLane = lane('check', createCheck(ctx), () => sendLane);
  const prepareLane = lane(
    'prepare',
    () => prepare.step(),
    () => sendLane,
  );
  const send = createSend(ctx, budget, () => {
    const now = clock.now();
    return (
      checkLane.isBusy() ||
      prepareLane.isBusy() ||
      flight.renders.size > 0 ||
      ledger.workLists.unchecked(destinationId, now, 1).length > 0 ||
      (hasSpoolRoom(ctx) &&
        holds.diskFullUntil() === null &&
        ledger.workLists.unready(destinationId, now, 1).length > 0)
    );
  });
  const sendLane = lane('send', () => send.step());
  const lanes = [
    lane('recover', createRecover(ctx)),
    lane('revive', createRevive(ctx)),
    checkLane,
    prepareLane,
    sendLane,
    lane('follow', createFollow(ctx)),
  ];

  function isIdle(): boolean {
    if (isStopped) return true;
    const isBusy = lanes.some((one) => one.isBusy()) || send.batchCount() > 0 || flight.renders.size > 0;
    if (isBusy || holds.isBusy()) return false;
    const { queued, sending, accepted } = ledger.counts.of(destinationId);
    return (
      holds.isHeld() || (sending + accepted === 0 && queued === ledger.turns.restingCount(destinationId))
    );
  }

  async function stop(): Promise<void> {
    isStopped = true;
    ctx.alarm.stop();
    shield.stop();
    prepare.stop();
    const stopping = Promise.all(lanes.map((one) => one.stop()));
    const ended = new AbortController();
    const resting = Promise.all([stopping, send.rest()]).finally(() => ended.abort());
    await pauseFor(ctx, ctx.settings.stopGraceMs, ended.signal);
    await holds.stop();
    await resting;
    onRest();
  }

  return {
    lanes,
    stop,
    batchCount: () => send.batchCount(),
    idle: () =>
      new Promise<void>((resolve) => {
        waiting.push(resolve);
        onRest();
      }),
  };
}
