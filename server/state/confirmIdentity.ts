import type { WsyncmgrLog } from '../status/WsyncmgrLog.js';
import { isOwner } from '../store/SharedStore.js';
import type { SiteContext } from './SiteContext.js';
import { readState, STATE, stateChange } from './siteState.js';

/** What others know a site by; it lies in files beside the database. */
const IDENTITIES = {
  authority: {
    state: 'authorityIdentity',
    changed:
      'The certificates of the site have another authority than before: certificates.json was missing or came from ' +
      'another site. Nodes below refuse the site until they join again. To keep them, restore the file from a backup.',
  },
  parent: {
    state: 'parentIdentity',
    changed:
      'The parent knows the site as another node than before: parent.json came from another site. Restore the file ' +
      'from a backup. Two sites that are the same node cut the link of each other.',
  },
  packageKey: {
    state: 'packageKeyIdentity',
    changed:
      'Exports are signed with another key than before: secrets.json, or the key in it, was missing. Sites that ' +
      'import them must trust the new key. To keep the old one, restore the file from a backup.',
  },
} as const;

/**
 * Keeps in the database what others knew the site by, which is lost with a file in silence otherwise. A new one is
 * used, because that is the way out where there is no backup, and the log says what it means.
 */
export async function confirmIdentity(
  site: Pick<SiteContext, 'database' | 'shared'> & { readonly log: Pick<WsyncmgrLog, 'write'> },
  name: keyof typeof IDENTITIES,
  fingerprint: string,
): Promise<void> {
  const { database, log } = site;
  const { state, changed } = IDENTITIES[name];
  const known = await readState(database, STATE[state]);
  if (known === fingerprint || !isOwner(site)) return;
  if (known !== undefined) log.write(`WARNING: ${changed}`);
  await database.commit({ settings: stateChange({ [state]: fingerprint }) });
}
