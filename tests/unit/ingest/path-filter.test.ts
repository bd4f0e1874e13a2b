import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countsWithParents, createFilter, GlobError } from '../../../electron/engine/ingest/path-filter.ts';

const all = createFilter({ include: [], exclude: [] });

describe('junk', () => {
  it.each([
    '@eaDir',
    'a/#recycle',
    '$RECYCLE.BIN',
    'System Volume Information',
    '.Trash-1000',
    '.stversions',
    'lost+found',
    'x/Lightroom Catalog Previews.lrdata',
    'Family.photoslibrary',
    'shoot/CaptureOne',
    '__MACOSX',
  ])('does not enter %s', (path) => expect(all.directory(path)).toBe(false));

  it.each([
    '2026',
    'a/Lightroom',
    'Lightroom Catalog',
    'Captures',
    'tmp',
    'recycle',
    'Trash',
    'v1.2',
    'a.b.c',
  ])('enters %s', (path) => expect(all.directory(path)).toBe(true));

  it.each([
    '._DSC_0001.JPG',
    'a/.DS_Store',
    'THUMBS.DB',
    'Desktop.ini',
    'Catalog.lrcat',
    'Catalog.lrcat-wal',
    'shoot.cosessiondb',
    'DSC_1.jpg.part',
    'DSC_1.jpg.crdownload',
    'x.TMP',
    '~$letter.docx',
    '.~lock.list.ods#',
    'DSC_1.jpg~',
    'Icon\r',
  ])('leaves out %j', (path) => expect(all.file(path)).toBe(false));

  it.each(['DSC_0001.JPG', 'a/b/IMG 1.heic', 'part.jpg', 'tmp', 'thumbs.db.jpg', 'DSC~1.JPG', 'x.tmp.jpg'])(
    'takes %s',
    (path) => expect(all.file(path)).toBe(true),
  );
});

describe("the owner's globs", () => {
  it('match a name at any depth, whatever the case, when they have no slash', () => {
    const filter = createFilter({ include: [], exclude: ['*.PNG', 'rejects'] });
    expect([filter.file('a.png'), filter.file('a/b/C.Png'), filter.file('a/png.jpg')]).toEqual([
      false,
      false,
      true,
    ]);
    expect([filter.directory('Rejects'), filter.directory('a/b/REJECTS')]).toEqual([false, false]);
    expect([filter.file('a/rejects'), filter.directory('a/rejects2')]).toEqual([false, true]);
  });

  it('match the whole path when they have a slash', () => {
    const filter = createFilter({ include: [], exclude: ['2024/exports/**', '/Web', 'a/*.jpg'] });
    expect([filter.directory('2024/exports'), filter.directory('2024/exports/x')]).toEqual([false, false]);
    expect([filter.directory('x/2024/exports'), filter.directory('2024')]).toEqual([true, true]);
    expect([filter.directory('web'), filter.directory('a/web')]).toEqual([false, true]);
    expect([filter.file('a/1.jpg'), filter.file('a/b/1.jpg'), filter.file('b/a/1.jpg')]).toEqual([
      false,
      true,
      true,
    ]);
  });

  it('with a slash at the end exclude folders only', () => {
    const filter = createFilter({ include: [], exclude: ['old/'] });
    expect([filter.directory('old'), filter.directory('a/old'), filter.file('a/old')]).toEqual([
      false,
      false,
      true,
    ]);
  });

  it('narrow by includes, of files or of folders, but never include junk', () => {
    const filter = createFilter({ include: ['*.jpg', 'keep', 'a/b/**'], exclude: ['no.jpg'] });
    const take = ['x.jpg', 'q/x.JPG', 'keep/x.png', 'z/keep/y/x.tif', 'a/b/c/x.png'];
    const leave = ['x.png', 'no.jpg', 'a/x.png', '._x.jpg', 'keep/.x.png'];
    expect(take.filter((path) => !filter.file(path))).toEqual([]);
    expect(leave.filter((path) => filter.file(path))).toEqual([]);
    expect(filter.directory('anything')).toBe(true);
  });

  it('are judged with all parents for a path that was not walked to', () => {
    const filter = createFilter({ include: [], exclude: ['out'] });
    expect(countsWithParents(filter, 'a/out/b/x.jpg', 'file')).toBe(false);
    expect(countsWithParents(filter, 'a/.hidden/x.jpg', 'file')).toBe(false);
    expect(countsWithParents(filter, 'a/b/x.jpg', 'file')).toBe(true);
    expect(countsWithParents(filter, 'a/out', 'directory')).toBe(false);
  });

  it.each([
    '',
    '/',
    '  ',
    '.',
    'a\\b',
    '!x',
    'C:/x',
    '../x',
    'a/../b',
    '[ab',
    '{a,b',
    '(a',
    'x\0y',
    'a'.repeat(2_000),
  ])('refuse %j with a sentence that names it', (glob) => {
    const make = () => createFilter({ include: [], exclude: [glob] });
    expect(make).toThrow(GlobError);
    expect(make).toThrow(/^The pattern ".*" cannot be used: .+/su);
  });

  it('either compile or are refused, and a name without special characters matches itself', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 30 }), (glob) => {
        try {
          createFilter({ include: [glob], exclude: [] }).file('a/b.jpg');
        } catch (error) {
          expect(error).toBeInstanceOf(GlobError);
        }
      }),
    );
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z0-9][a-z0-9 _-]{0,10}x$/u), (name) => {
        expect(createFilter({ include: [], exclude: [name] }).file(`q/${name}`)).toBe(false);
      }),
    );
  });
});
