/** The two private protocols: `app://tagalong/` is the built page, `thumb://thumbnails/` the thumbnails' folder. */
import { protocol } from 'electron';
import { PAGE_ORIGIN, THUMBNAIL_BASE } from './channels.ts';
import { openPageFile, openThumbnail, type ServedFile } from './host/served-files.ts';

/** The page loads nothing but itself and thumbnails, and talks to nobody: what it says goes through its port. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  // The primitives set measured positions as attributes of elements.
  "style-src-attr 'unsafe-inline'",
  "img-src 'self' thumb: blob: data:",
  "connect-src 'none'",
  "font-src 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

const PAGE_HEADERS = {
  'content-security-policy': POLICY,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
};
const THUMBNAIL_HEADERS = { 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' };

/** Has to be said before the program is ready. */
export function declareProtocols(): void {
  const privileges = { standard: true, secure: true, supportFetchAPI: true };
  protocol.registerSchemesAsPrivileged([
    { scheme: 'app', privileges: { ...privileges, codeCache: true } },
    { scheme: 'thumb', privileges },
  ]);
}

/** Serves both, once the program is ready. */
export function serveProtocols(folders: { readonly page: string; readonly thumbnails: string }): void {
  protocol.handle('app', (request) => servePage(request, folders.page));
  protocol.handle('thumb', (request) => serveThumbnail(request, folders.thumbnails));
}

async function servePage(request: Request, folder: string): Promise<Response> {
  const names = namesIn(request, `${PAGE_ORIGIN}/`);
  const file = names === null ? null : await openPageFile(folder, names);
  return answer(file, PAGE_HEADERS);
}

/** Straight from the folder, without asking the engine; what is missing is made when the page asks for it by a call. */
async function serveThumbnail(request: Request, folder: string): Promise<Response> {
  const names = namesIn(request, THUMBNAIL_BASE);
  const [name] = names ?? [];
  const file = names?.length === 1 && name !== undefined ? await openThumbnail(folder, name) : null;
  return answer(file, THUMBNAIL_HEADERS);
}

/** Names below a base address, plain ones only: nothing encoded, hidden or upwards. Null: not one of ours. */
function namesIn({ method, url }: Request, base: string): readonly string[] | null {
  if (method !== 'GET' || !url.startsWith(base)) return null;
  const path = url.slice(base.length).replace(/[?#].*$/su, '');
  if (path === '') return [];
  const names = path.split('/');
  return names.every((name) => /^[A-Za-z0-9_-][A-Za-z0-9._-]*$/u.test(name)) ? names : null;
}

async function answer(file: ServedFile | null, headers: Readonly<Record<string, string>>): Promise<Response> {
  if (file === null) return new Response(null, { status: 404, headers });
  try {
    const body = new Uint8Array(await file.handle.readFile());
    return new Response(body, {
      headers: { ...headers, 'content-type': file.type, 'cache-control': file.cacheControl },
    });
  } finally {
    await file.handle.close();
  }
}
