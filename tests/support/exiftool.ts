/** Runs ExifTool (development dependency, needs the system's perl), as other programs would change a photo's metadata. */
import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

const SCRIPT = fileURLToPath(
  new URL('../../node_modules/exiftool-vendored.pl/bin/exiftool', import.meta.url),
);

/**
 * One call of ExifTool; give it many files, or several acts with `-execute` between them, since a start costs
 * 0.3 s. Arguments go through its standard input, so they may be as long as they like and hold line breaks. Returns what it
 * prints; rejects with its words when it reports an error. No user's configuration is read.
 */
export async function exiftool(args: readonly string[]): Promise<string> {
  const child = spawn('perl', [SCRIPT, '-config', '', '-charset', 'filename=utf8', '-@', '-']);
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  child.stdin.end(args.map((arg) => `${line(arg)}\n`).join(''));
  const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  if (code !== 0) throw new Error(`ExifTool ended with ${code}: ${stderr.trim()}`);
  return stdout;
}

/** An argument file's line; one with a line break is written as a C string, which ExifTool undoes. */
function line(arg: string): string {
  if (!arg.includes('\n')) return arg;
  return `#[CSTR]${arg.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('$', '\\$').replaceAll('@', '\\@')}`;
}
