/**
 * The stored bytes. All images of one POST go into one file, a pack, so that one flush makes them durable; an input
 * knows its pack, offset and length. A pack is removed with the last input that needs it.
 */
import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync } from 'node:fs';
import { open, rm, type FileHandle } from 'node:fs/promises';
import path from 'node:path';

/** Where stored bytes lie. */
export interface Stored {
  readonly pack: string;
  readonly offset: number;
  readonly bytes: number;
}

/** Opens the folder of packs. */
export const openPacks = (folder: string) => {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const remove = (pack: string): Promise<void> => rm(path.join(folder, pack), { force: true });

  return {
    /** A new pack; its file is made with the first image. */
    create() {
      const pack = `${randomUUID()}.bin`;
      let file: Promise<FileHandle> | null = null;
      let nextOffset = 0;
      return {
        name: pack,
        async write(image: Buffer): Promise<Stored> {
          file ??= open(path.join(folder, pack), 'wx', 0o600);
          const offset = nextOffset;
          nextOffset += image.length;
          const handle = await file;
          let written = 0;
          while (written < image.length) {
            const { bytesWritten } = await handle.write(
              image,
              written,
              image.length - written,
              offset + written,
            );
            written += bytesWritten;
          }
          return { pack, offset, bytes: image.length };
        },
        /** Makes everything written durable; to be called after all writes have ended. */
        async keep(): Promise<void> {
          if (file === null) return;
          const handle = await file;
          await handle.datasync();
          await handle.close();
          const directory = await open(folder, 'r');
          await directory.sync();
          await directory.close();
        },
        /** Gives the pack up before it is kept; to be called after all writes have ended. */
        async discard(): Promise<void> {
          if (file === null) return;
          const handle = await file;
          await handle.close();
          await remove(pack);
        },
      };
    },
    async read({ pack, offset, bytes }: Stored): Promise<Buffer> {
      const handle = await open(path.join(folder, pack), 'r');
      try {
        const image = Buffer.allocUnsafe(bytes);
        const { bytesRead } = await handle.read(image, 0, bytes, offset);
        return image.subarray(0, bytesRead);
      } finally {
        await handle.close();
      }
    },
    remove,
    /** Removes packs that no input needs, left by a process that was killed. */
    async sweep(isNeeded: (pack: string) => boolean): Promise<void> {
      await Promise.all(
        readdirSync(folder)
          .filter((pack) => !isNeeded(pack))
          .map(remove),
      );
    },
  };
};
export type Packs = ReturnType<typeof openPacks>;
export type PackWriter = ReturnType<Packs['create']>;
