import { SyncError } from '../../errors/SyncError.js';
import type { StoreFiles } from '../StorePlace.js';

/** Kinds of file systems by the number that Linux gives: locks of SQLite do not hold on them. */
const NETWORKS: Readonly<Record<number, string>> = {
  0x6969: 'NFS',
  0x517b: 'SMB',
  0xff534d42: 'CIFS',
  0xfe534d42: 'SMB',
  0x01021997: '9P',
  0x00c36400: 'Ceph',
  0x5346414f: 'AFS',
};

/** The kind of network share that a folder is on, undefined for a disk. */
export function networkOf(realPath: string, type: number, platform: NodeJS.Platform): string | undefined {
  if (platform === 'win32')
    return /^(?:\\\\\?\\UNC\\|\\\\(?![?.]\\))/i.test(realPath) ? 'a share of Windows' : undefined;
  return platform === 'linux' ? NETWORKS[type >>> 0] : undefined;
}

/** @throws SyncError DatabaseOnNetworkShare */
export function refuseNetworkShare(files: StoreFiles, folder: string, platform = process.platform): void {
  const kind = networkOf(files.realpathSync(folder), files.statfsSync(folder).type ?? 0, platform);
  if (kind !== undefined) throw new SyncError('DatabaseOnNetworkShare', { path: folder, kind });
}
