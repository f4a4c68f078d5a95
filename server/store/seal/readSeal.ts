import { SyncError } from '../../errors/SyncError.js';
import type { StoreFiles } from '../StoreFiles.js';
import type { StorePlace } from '../StorePlace.js';
import { readSealFile, sealFilesOf } from './sealFile.js';
import { laterSeal, type StoreSeal } from './StoreSeal.js';

/** What the copies of a site's seal say. */
export interface FoundSeal {
  /** The latest of this site; undefined where no copy can be read. */
  readonly seal: StoreSeal | undefined;
  /** Copies that cannot be read or are of another site. */
  readonly damaged: readonly { readonly path: string; readonly reason: string }[];
  /** The GUID of the site that sealed, where it is another one in every copy that can be read. */
  readonly otherSite: string | undefined;
}

/** Reads every copy of the seal. @throws SyncError StoreReadFailed when none can be read */
export function readSeal(files: StoreFiles, place: StorePlace): FoundSeal {
  const damaged: { path: string; reason: string }[] = [];
  let seal: StoreSeal | undefined;
  let otherSite: string | undefined;
  let failure: SyncError | undefined;
  for (const file of sealFilesOf(files, place)) {
    const read = attempt(files, file);
    if (read instanceof SyncError) failure = read;
    const reason = reasonAgainst(read, place);
    if (reason !== undefined) damaged.push({ path: file, reason });
    else if (!(read instanceof SyncError)) seal = laterSeal(seal, read);
    if (!(read instanceof SyncError) && read !== undefined && read.siteGuid !== place.siteGuid)
      otherSite = read.siteGuid;
  }
  if (seal === undefined && failure !== undefined) throw failure;
  return { seal, damaged, otherSite: seal === undefined ? otherSite : undefined };
}

/** One copy that a disk does not give is no reason not to take the other. */
function attempt(files: StoreFiles, file: string): StoreSeal | SyncError | undefined {
  try {
    return readSealFile(files, file);
  } catch (error) {
    if (error instanceof SyncError) return error;
    throw error;
  }
}

function reasonAgainst(read: StoreSeal | SyncError | undefined, place: StorePlace): string | undefined {
  if (read === undefined) return 'it holds no whole seal';
  if (read instanceof SyncError) return String(read.data['reason']);
  return read.siteGuid === place.siteGuid ? undefined : `it is of another site (${read.siteGuid})`;
}
