/** Whether the network is metered, by what the systems' own commands say; those of Linux are run as they are called. */
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  isMetered,
  meteredOfBusctl,
  meteredOfGdbus,
  meteredOfPowerShell,
  watchMetered,
} from '../../../electron/metered.ts';
import { createFakeClock } from '../../support/fake-clock.ts';
import { temporaryFolder, type TemporaryFolder } from '../../support/tree.ts';

describe('what the commands say', () => {
  it.each([
    [0, null],
    [1, true],
    [2, false],
    [3, true],
    [4, false],
    [5, null],
  ])('NetworkManager’s %i is %s, by busctl and by gdbus', (number, metered) => {
    expect(meteredOfBusctl(`{"type":"u","data":${number}}\n`)).toBe(metered);
    expect(meteredOfGdbus(`(<uint32 ${number}>,)\n`)).toBe(metered);
  });

  it.each([
    ['Unrestricted roaming=False over=False\r\n', false],
    ['Fixed roaming=False over=False\r\n', true],
    ['Variable roaming=False over=False\r\n', true],
    ['Unrestricted roaming=True over=False\r\n', true],
    ['Unrestricted roaming=False over=True\r\n', true],
    ['Unknown roaming=False over=False\r\n', null],
    ['', null],
  ])('Windows’ %j is %s', (output, metered) => {
    expect(meteredOfPowerShell(output)).toBe(metered);
  });

  it.each(['', 'u 4', '{"type":"s","data":"1"}', '{', '(<uint32 -1>,)', 'null'])(
    '%j is no answer',
    (output) => {
      expect([meteredOfBusctl(output), meteredOfGdbus(output), meteredOfPowerShell(output)]).toEqual([
        null,
        null,
        null,
      ]);
    },
  );
});

describe.skipIf(process.platform === 'win32')('the question', () => {
  let place: TemporaryFolder;
  beforeEach(async () => {
    place = await temporaryFolder();
    await mkdir(join(place.path, 'bin'));
    vi.stubEnv('PATH', join(place.path, 'bin'));
  });
  afterEach(async () => {
    vi.unstubAllEnvs();
    await place[Symbol.asyncDispose]();
  });

  async function put(name: string, script: string): Promise<void> {
    const path = join(place.path, 'bin', name);
    await writeFile(path, `#!/bin/sh\nPATH=/usr/bin:/bin\n${script}\n`);
    await chmod(path, 0o755);
  }

  it('goes to busctl, word for word, and to gdbus only where there is none', async () => {
    const asked = join(place.path, 'asked');
    await put('gdbus', `echo "$@" > ${asked}; echo '(<uint32 4>,)'`);
    expect(await isMetered({ platform: 'linux' })).toBe(false);
    expect(await readFile(asked, 'utf8')).toBe(
      'call --system --dest org.freedesktop.NetworkManager --object-path /org/freedesktop/NetworkManager ' +
        '--method org.freedesktop.DBus.Properties.Get org.freedesktop.NetworkManager Metered\n',
    );
    await put('busctl', `echo "$@" > ${asked}; echo '{"type":"u","data":3}'`);
    expect(await isMetered({ platform: 'linux' })).toBe(true);
    expect(await readFile(asked, 'utf8')).toBe(
      '--json=short get-property org.freedesktop.NetworkManager /org/freedesktop/NetworkManager ' +
        'org.freedesktop.NetworkManager Metered\n',
    );
  });

  it('has no answer where nothing tells: no command, no NetworkManager, another system', async () => {
    expect(await isMetered({ platform: 'linux' })).toBeNull();
    await put('busctl', 'echo "The name org.freedesktop.NetworkManager was not provided" >&2; exit 1');
    await put('gdbus', `echo '(<uint32 1>,)'`);
    expect(await isMetered({ platform: 'linux' })).toBeNull();
    expect(await isMetered({ platform: 'darwin' })).toBeNull();
    expect(await isMetered({ platform: 'freebsd' })).toBeNull();
  });

  it('is given up with its command', async () => {
    await put('busctl', 'exec sleep 600');
    const ending = new AbortController();
    const asked = isMetered({ platform: 'linux', signal: ending.signal });
    ending.abort();
    expect(await asked).toBeNull();
  });
});

describe('the watch', () => {
  it('asks at once and every minute, tells what changed, and ends', async () => {
    const clock = createFakeClock();
    const answers = [false, false, true, null, true];
    const heard: (boolean | null)[] = [];
    let askedCount = 0;
    const watch = watchMetered(
      clock,
      (metered) => heard.push(metered),
      () => Promise.resolve(answers[askedCount++] ?? null),
    );
    await clock.advance(0);
    expect([askedCount, heard]).toEqual([1, [false]]);
    await clock.advance(60_000);
    expect([askedCount, heard]).toEqual([2, [false]]);
    await clock.advance(120_000);
    expect([askedCount, heard]).toEqual([4, [false, true, null]]);
    watch.stop();
    await clock.advance(600_000);
    expect([askedCount, clock.timerCount()]).toEqual([4, 0]);
  });

  it('asks anew after a sleep, soon again while there is no answer, and hears nothing of before', async () => {
    const clock = createFakeClock();
    const heard: (boolean | null)[] = [];
    const questions: PromiseWithResolvers<boolean | null>[] = [];
    const watch = watchMetered(
      clock,
      (metered) => heard.push(metered),
      () => {
        const question = Promise.withResolvers<boolean | null>();
        questions.push(question);
        return question.promise;
      },
    );
    let isAsked = false;
    const waking = watch.wokeUp().then(() => (isAsked = true));
    questions[0]?.resolve(false);
    await clock.advance(0);
    expect([questions.length, heard, isAsked]).toEqual([2, [], false]);
    questions[1]?.resolve(null);
    await waking;
    expect([heard, clock.timerCount()]).toEqual([[null], 1]);
    await clock.advance(5_000);
    questions[2]?.resolve(true);
    await clock.advance(59_000);
    expect([questions.length, heard]).toEqual([3, [null, true]]);
    await clock.advance(1_000);
    questions[3]?.resolve(null);
    await clock.advance(59_000);
    expect(questions).toHaveLength(4);
    watch.stop();
    expect(clock.timerCount()).toBe(0);
  });

  it('tells nothing of a question that was under way when it was stopped', async () => {
    const clock = createFakeClock();
    const heard: unknown[] = [];
    const answer = Promise.withResolvers<boolean>();
    let signal: AbortSignal | undefined;
    const watch = watchMetered(
      clock,
      (metered) => heard.push(metered),
      (given) => {
        signal = given;
        return answer.promise;
      },
    );
    watch.stop();
    answer.resolve(true);
    await clock.advance(60_000);
    expect([heard, signal?.aborted, clock.timerCount()]).toEqual([[], true, 0]);
  });
});
