import { dirname, resolve } from 'node:path';
import type { DatabaseKey, SiteDatabaseKeyRequest } from '../contract/generated/types.js';
import { reasonOf, SyncError } from '../errors/SyncError.js';
import { readAccess, setAccess } from '../platform/accounts/accessList.js';
import { plainFiles } from '../platform/files/folderFiles.js';
import { fileAccess } from '../platform/accounts/windowsAccess.js';
import type { ScriptSystem } from '../platform/windowsScript.js';
import type { EngineClient } from './EngineClient.js';

/** What writing needs from outside. */
type KeySystem = ScriptSystem & { readonly platform: NodeJS.Platform };

/**
 * `site/databaseKey`: gives the key of the database, or writes it into a file that nobody else can read.
 * @throws SyncError DatabaseNotShared, PackageExists, PackageWriteFailed
 */
export async function databaseKeyThroughRelay(
  client: EngineClient,
  { path, force = false }: SiteDatabaseKeyRequest,
  system: KeySystem,
): Promise<DatabaseKey> {
  const key = await client.request('database/key', {});
  if (path === undefined) return key;
  const file = resolve(path);
  if (!force && plainFiles.existsSync(file)) throw new SyncError('PackageExists', { path: file });
  try {
    await writePrivate(file, `${key.Key}\n`, system);
  } catch (caught) {
    const folder = dirname(file);
    const reason = plainFiles.existsSync(folder) ? reasonOf(caught) : `there is no folder ${folder}`;
    throw new SyncError('PackageWriteFailed', { path: file, reason }, { cause: caught });
  }
  return { ...key, Key: '', Path: file };
}

/** Nobody else may read it before anything stands in it. */
async function writePrivate(file: string, text: string, system: KeySystem): Promise<void> {
  plainFiles.rmSync(file, { force: true });
  const descriptor = plainFiles.openSync(file, 'wx', 0o600);
  try {
    if (system.platform === 'win32') {
      const lists = await readAccess([file], system);
      if ('reason' in lists) throw new SyncError('SiteFolderInvalid', { path: file, reason: lists.reason });
      await setAccess(dirname(file), [fileAccess(file, { writers: [lists.own], readers: [] })], system);
    }
    plainFiles.writeSync(descriptor, text);
    plainFiles.fsyncSync(descriptor);
  } finally {
    plainFiles.closeSync(descriptor);
  }
}
