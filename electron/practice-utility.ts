import type { PracticeAccount } from './engine/host.ts';
import type { PracticeChild, StartPractice } from './host/practice-process.ts';
import { startUtility } from './utility.ts';

/** Starts the practice account as a process of main. `entry`: its built entry. */
export function practiceStarter(entry: string): StartPractice {
  return (words): PracticeChild => {
    const { child, gone, lastWords, kill } = startUtility(entry, {
      name: 'Tagalong practice account',
      words,
    });
    return {
      pid: child.pid ?? null,
      ready: new Promise((resolve) => {
        child.once('message', (account: PracticeAccount) => resolve(account));
      }),
      gone,
      lastWords,
      end: () => child.postMessage({ kind: 'stop' }),
      kill,
    };
  };
}
