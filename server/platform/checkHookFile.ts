import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { reasonOf, SyncError } from '../errors/SyncError.js';
import { hookRefusal } from './hookCommand.js';

/**
 * @throws SyncError AfterSyncCommandInvalid when the path is not absolute, no file, or nothing this system can start
 */
export async function checkHookFile(command: string, platform: NodeJS.Platform = process.platform): Promise<void> {
  const reason = hookRefusal(platform, command) ?? (await fileProblem(command, platform));
  if (reason !== undefined) throw new SyncError('AfterSyncCommandInvalid', { command, reason });
}

async function fileProblem(command: string, platform: NodeJS.Platform): Promise<string | undefined> {
  try {
    if (!(await stat(command)).isFile()) return 'it is no file';
    await access(command, platform === 'win32' || /\.ps1$/i.test(command) ? constants.R_OK : constants.X_OK);
    return undefined;
  } catch (caught) {
    return reasonOf(caught);
  }
}
