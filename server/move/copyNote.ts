import path from 'node:path';
import { replaceFile } from '../platform/replaceFile.js';
import { systemErrorCode } from '../platform/systemErrorCode.js';
import type { SiteFolder } from '../site/SiteFolder.js';
import { writingLater } from '../store/fileCalls.js';
import { copyFolder } from './moveFolders.js';

/** What `move.json` beside a copy says: of what it is one. A move of a site that is another one by now begins anew. */
export interface CopyNote {
  readonly format: 1;
  /** The engines of the two databases; null for sql.js. */
  readonly from: string | null;
  readonly to: string | null;
  /** Of a copy on a server: which database it is. */
  readonly where?: string | undefined;
  /** Digest of the original, with the places of its documents. */
  readonly state: string;
}

type Place = Pick<SiteFolder, 'path' | 'files'>;

/** Undefined where there is none, or one that is not whole. */
export function readCopyNote(site: Place): CopyNote | undefined {
  try {
    return JSON.parse(site.files.readFileSync(fileOf(site)).toString('utf8')) as CopyNote;
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT' || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Durable on return. @throws SyncError StoreWriteFailed */
export async function writeCopyNote(site: Place, note: CopyNote): Promise<void> {
  const file = fileOf(site);
  await writingLater(file, async () =>
    replaceFile(file, `${JSON.stringify(note)}\n`, { files: site.files, mode: 0o660 }),
  );
}

function fileOf(site: Place): string {
  return path.join(copyFolder(site), 'move.json');
}
