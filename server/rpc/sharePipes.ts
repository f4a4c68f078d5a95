import { readAccess } from '../platform/accounts/accessList.js';
import { accountsOnWindows } from '../platform/accounts/accounts.js';
import { pipeNameOf } from '../platform/pipeAddress.js';
import { pipeAccess } from '../platform/accounts/windowsAccess.js';
import { runScript, type ScriptSystem } from '../platform/windowsScript.js';
import type { SiteFolder } from '../site/SiteFolder.js';

/**
 * Lets who has full control of the folder of a site, and its operators, open its pipes on Windows, and nobody else: who
 * was only let in to read, as a monitor is, is not an operator. Who may open a pipe as Node.js does may serve it too,
 * and whom he serves he can act for, if he has the right to. Gives why it was not done, for the log; then only the
 * account of the engine and administrators get in.
 */
export async function sharePipes(
  site: Pick<SiteFolder, 'path' | 'operators'>,
  addresses: readonly string[],
  system: ScriptSystem,
): Promise<string | undefined> {
  const lists = await readAccess([site.path], system);
  if ('reason' in lists) return remarkOf(lists.reason);
  const [{ entries, reason = 'its access list was not read' } = {}] = lists.items;
  if (entries === undefined) return remarkOf(reason);
  const given = { pipes: addresses.map(pipeNameOf), sddl: pipeAccess(entries, await operatorsOf(site, system)) };
  const answer = await runScript({ name: 'Write-CMSyncPipeAccess', given }, system);
  return 'reason' in answer ? remarkOf(answer.reason) : undefined;
}

/** One that is not known any more asks nothing. */
async function operatorsOf(
  { operators }: Pick<SiteFolder, 'operators'>,
  system: ScriptSystem,
): Promise<readonly string[]> {
  if (operators.length === 0) return [];
  return (await accountsOnWindows(operators, system)).flatMap((found) => ('id' in found ? [found.id] : []));
}

function remarkOf(reason: string): string {
  return (
    `Only administrators and the account of the engine reach it: its pipe could not be opened to others ` +
    `(${reason.trim().replace(/\.$/, '')}). Start it again.`
  );
}
