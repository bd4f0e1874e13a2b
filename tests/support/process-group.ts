/** What is left of a group of processes. */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/** Living processes of a group, as `pid command line`. One that has ended and waits for its parent does not live. */
export function groupMembers(groupId: number): string[] {
  if (process.platform !== 'linux') {
    return execFileSync('ps', ['-A', '-o', 'pgid=,stat=,pid=,command='], { encoding: 'utf8' })
      .split('\n')
      .map((line) => /^\s*(\d+)\s+(\S+)\s+(.*)$/.exec(line))
      .filter((found) => found?.[1] === String(groupId) && !found[2]?.startsWith('Z'))
      .map((found) => found?.[3] ?? '');
  }
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
        // Behind the name in brackets: state, parent, group.
        const [state, , group] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
        if (group !== String(groupId) || state === 'Z' || state === 'X') return [];
        const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
        return [`${pid} ${command}`];
      } catch (error) {
        // It has ended since the folder was listed.
        const code = (error as NodeJS.ErrnoException).code;
        if (code === 'ENOENT' || code === 'ESRCH') return [];
        throw error;
      }
    });
}
