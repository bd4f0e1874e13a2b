import { describe, expect, it } from 'vitest';
import {
  countsBlocks,
  fileSystemOf,
  judge,
  mountOf,
  parseMountinfo,
  parseMountOutput,
} from '../../../electron/engine/ingest/file-system.ts';

const MOUNTINFO = `22 27 0:21 / /proc rw,relatime - proc proc rw
27 1 254:0 / / rw,relatime - ext4 /dev/vda rw
40 27 0:44 / /home/me/NAS\\040photos rw,relatime shared:3 master:1 - nfs4 nas:/photos rw
41 27 8:17 / /run/media/me/CARD rw,nosuid - exfat /dev/sdb1 rw
42 27 0:50 / /mnt/s rw - fuse.sshfs me@host:/ rw
43 27 0:51 / /mnt/pool rw - fuse.mergerfs a:b rw
44 27 0:52 / /mnt/pool/inner rw - cifs //nas/x rw
45 27 0:53 / /mnt/pool/inner rw - ext4 /dev/vdb rw
46 27 8:1 / /boot/efi rw - vfat /dev/sda1 rw
broken line`;

function kindAt(path: string) {
  const mount = mountOf(path, parseMountinfo(MOUNTINFO));
  return mount === undefined ? null : judge(mount, false);
}

function countsAt(kind: 'local' | 'network', type: string) {
  return countsBlocks({ kind, type, mountPoint: '/' });
}

describe('Linux', () => {
  it.each([
    ['/home/me/photos', 'local', 'ext4', '/'],
    ['/home/me/NAS photos', 'network', 'nfs4', '/home/me/NAS photos'],
    ['/home/me/NAS photos/2026', 'network', 'nfs4', '/home/me/NAS photos'],
    ['/home/me/NAS photos 2', 'local', 'ext4', '/'],
    ['/run/media/me/CARD/DCIM', 'removable', 'exfat', '/run/media/me/CARD'],
    ['/mnt/s/x', 'network', 'fuse.sshfs', '/mnt/s'],
    ['/mnt/pool/x', 'local', 'fuse.mergerfs', '/mnt/pool'],
    ['/mnt/pool/inner/x', 'local', 'ext4', '/mnt/pool/inner'],
    ['/boot/efi/x', 'local', 'vfat', '/boot/efi'],
  ])('%s is %s', (path, kind, type, mountPoint) => expect(kindAt(path)).toEqual({ kind, type, mountPoint }));

  it('believes the drive when it says that it is removable', () => {
    expect(judge({ mountPoint: '/photos', type: 'ext4', device: '8:17' }, true).kind).toBe('removable');
  });

  it.runIf(process.platform === 'linux')(
    'looks at the real system, also for a path that is not there yet',
    async () => {
      expect(await fileSystemOf('/proc/self')).toEqual({ kind: 'local', type: 'proc', mountPoint: '/proc' });
      const there = await fileSystemOf('/');
      expect(await fileSystemOf('/surely/not/there')).toEqual(there);
      expect(there.mountPoint).toBe('/');
    },
  );
});

describe('macOS', () => {
  it('reads the output of mount', () => {
    const text = `/dev/disk3s1s1 on / (apfs, sealed, local, read-only, journaled)
//me@nas._smb._tcp.local/My%20Photos on /Volumes/My Photos (smbfs, nodev, nosuid, mounted by me)
/dev/disk5s1 on /Volumes/CARD (1) (exfat, local, nodev)`;
    expect(parseMountOutput(text)).toEqual([
      { mountPoint: '/', type: 'apfs', device: null },
      { mountPoint: '/Volumes/My Photos', type: 'smbfs', device: null },
      { mountPoint: '/Volumes/CARD (1)', type: 'exfat', device: null },
    ]);
  });
});

describe('Windows', () => {
  it.each([
    ['\\\\nas\\photos\\2026', 'network'],
    ['//nas/photos', 'network'],
    ['\\\\?\\UNC\\nas\\photos', 'network'],
    ['\\\\?\\C:\\photos', 'unknown'],
    ['D:\\photos', 'unknown'],
  ])('%s is %s', async (path, kind) => expect((await fileSystemOf(path, 'win32')).kind).toBe(kind));
});

it('blocks are not counted by network and FUSE file systems', () => {
  expect([
    countsAt('local', 'ext4'),
    countsAt('network', 'cifs'),
    countsAt('local', 'fuse.mergerfs'),
  ]).toEqual([true, false, false]);
});
