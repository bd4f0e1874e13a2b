import { readFileSync } from 'node:fs';

/**
 * Resident memory of another process in bytes, where the system shows it (Linux); null elsewhere, or when the process
 * is gone. Needed besides the worker's own word: a worker that is busy in one long call says nothing.
 */
export function readRssBytes(pid: number): number | null {
  if (process.platform !== 'linux') {
    return null;
  }
  try {
    const kilobytes = /^VmRSS:\s+(?<kb>\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    return kilobytes === null ? null : Number(kilobytes.groups?.['kb']) * 1024;
  } catch {
    // The process ended between the listing and the reading; its exit is reported on its own.
    return null;
  }
}
