import { join } from 'node:path';
import { reasonOf, SyncError } from '../errors/SyncError.js';
import type { ListenPlan } from '../platform/ListenPlan.js';
import type { FolderIdentity } from '../platform/files/folderWalk.js';
import { removeWithRetry } from '../platform/files/heldFiles.js';
import { readText } from '../platform/files/readText.js';
import { replaceFile } from '../platform/replaceFile.js';
import { systemErrorCode } from '../platform/systemErrorCode.js';
import { filesNow, SITE_FILES } from './SiteFolder.js';

/** What `service.json` of a site folder holds: under which account its engine runs since a service was installed. */
export interface ServiceRecord {
  /** How the manager of services names it. */
  readonly service: string;
  readonly account: string;
  /** SID on Windows, user id elsewhere. */
  readonly accountId: string;
  /** ISO 8601 UTC. */
  readonly installed: string;
  /**
   * Where it serves downstream servers, as the registration says: the next installation does not go by it, because
   * operators can write here.
   */
  readonly listen?: ListenPlan;
  /**
   * What the registration says, to show it; the engine and the next installation do not go by it, because operators can
   * write here.
   */
  readonly allowsAfterSyncCommand?: boolean;
  /**
   * Versions of the Node.js that was registered and of what is in it; absent where that did not say them, or where
   * version 0.2 or an earlier one registered it.
   */
  readonly versions?: { readonly node: string; readonly sqlite?: string | undefined } | undefined;
  /**
   * Elsewhere than on Windows: whom the folder belonged to before, as `user:group` in numbers; removing the service
   * gives it back.
   */
  readonly formerOwner?: string;
  /** On Windows: the account had full control before the service was installed, and keeps it afterwards. */
  readonly keepsAccess?: boolean;
}

/** The folder of a site: the one that was opened, where it says which that was. */
export interface RecordedSite {
  readonly path: string;
  readonly identity?: FolderIdentity;
}

/** Reads the record; undefined where no service is installed. */
export function readServiceRecord(site: RecordedSite): ServiceRecord | undefined {
  try {
    return JSON.parse(readText(filesNow(site), join(site.path, SITE_FILES.service))) as ServiceRecord;
  } catch (caught) {
    if (systemErrorCode(caught) === 'ENOENT') return undefined;
    // An engine under a wrong account would leave files that the service cannot write.
    throw new SyncError(
      'SiteFileInvalid',
      { path: site.path, reason: `${SITE_FILES.service} cannot be read (${reasonOf(caught)})` },
      { cause: caught },
    );
  }
}

/** Writes the record. `mode` is that of the other files of the folder. */
export async function writeServiceRecord(site: RecordedSite, record: ServiceRecord, mode: number): Promise<void> {
  await replaceFile(join(site.path, SITE_FILES.service), `${JSON.stringify(record, null, 2)}\n`, {
    files: filesNow(site),
    mode,
  });
}

/** Removes the record: the engine runs under whatever account starts it. */
export async function removeServiceRecord(site: RecordedSite): Promise<void> {
  await removeWithRetry(filesNow(site), join(site.path, SITE_FILES.service));
}
