/** One build at a time: a file with the id of the process that builds. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';

/** Takes the lock; false while another process that is alive has it. To be given back by removing the file. */
export function takeLock(path: string): boolean {
  try {
    writeFileSync(path, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error;
  }
  const owner = ownerOf(path);
  if (owner === null || isAlive(owner)) return false;
  // Whoever was ended at once had no time to give it back.
  rmSync(path, { force: true });
  return false;
}

/** Null when it was given back meanwhile, or is just being written. */
function ownerOf(path: string): number | null {
  try {
    const id = Number(readFileSync(path, 'utf8'));
    return id > 0 ? id : null;
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null;
    throw error;
  }
}

function isAlive(processId: number): boolean {
  try {
    // Signal 0 is none; it only asks.
    return process.kill(processId, 0);
  } catch (error) {
    if (hasCode(error, 'ESRCH')) return false;
    if (hasCode(error, 'EPERM')) return true;
    throw error;
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
