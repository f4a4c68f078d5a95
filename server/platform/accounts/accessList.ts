import { basename, dirname, isAbsolute, join } from 'node:path';
import { SyncError } from '../../errors/SyncError.js';
import { realPlace } from '../files/windowsPlace.js';
import { runScript } from '../windowsScript.js';
import type { ScriptSystem } from '../windowsScript.js';

/** One entry of an access list. */
export interface AccessEntry {
  readonly sid: string;
  /** The access mask. */
  readonly rights: number;
  readonly isAllowed: boolean;
  /** True where it says nothing of the folder itself. */
  readonly isForChildrenOnly: boolean;
}

/** What Windows says of a file or folder. */
export interface FoundAccess {
  readonly path: string;
  readonly isMissing?: boolean;
  /** Why it could not be read. */
  readonly reason?: string;
  readonly isReparsePoint?: boolean;
  readonly owner?: string;
  readonly entries?: readonly AccessEntry[];
}

/** The access lists that were asked for, and the account of this process with its groups. */
export interface FoundAccessLists {
  readonly own: string;
  readonly groups: readonly string[];
  readonly items: readonly FoundAccess[];
}

/** Reads access lists once. `reason`: why none could be read. */
export async function readAccess(
  paths: readonly string[],
  system: ScriptSystem,
): Promise<FoundAccessLists | { readonly reason: string }> {
  const answer = await runScript({ name: 'Read-CMSyncAccess', given: { paths } }, system);
  return 'reason' in answer ? answer : (answer.value as FoundAccessLists);
}

const SYSTEM = 'S-1-5-18';
const ADMINISTRATORS = 'S-1-5-32-544';
const TRUSTED_INSTALLER = 'S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464';
/** Stands for whoever made or owns the object, who is looked at himself. */
const OWNERS = ['S-1-3-0', 'S-1-3-4'];

/** Accounts that act as every account of the machine anyway; of a domain its administrators. */
export function isAdministrative(sid: string): boolean {
  return [SYSTEM, ADMINISTRATORS, TRUSTED_INSTALLER].includes(sid) || /^S-1-5-21-[\d-]+-(500|512|519)$/.test(sid);
}

/** Bits that change a file or what is in a folder, or give such rights. */
const CHANGE = 0x2 | 0x4 | 0x40 | 0x100 | 0x10000 | 0x40000 | 0x80000 | 0x10000000 | 0x40000000;
/** Bits that put something else in the place of what is in a folder, or of the folder. */
const EXCHANGE = 0x40 | 0x10000 | 0x40000 | 0x80000 | 0x10000000 | 0x40000000;

/** How closely something is looked at: for every change, or only for having it exchanged; a drive itself stays. */
const SCOPES = { change: CHANGE, exchange: EXCHANGE, drive: EXCHANGE & ~0x10000 } as const;
type Scope = keyof typeof SCOPES;

/** Who may change something, beside those that `isTrusted` says. */
function foreignWriters(
  { entries = [] }: FoundAccess,
  isTrusted: (sid: string) => boolean,
  scope: Scope = 'change',
): readonly string[] {
  const writers = entries
    .filter((entry) => entry.isAllowed && !entry.isForChildrenOnly && (entry.rights & SCOPES[scope]) !== 0)
    .map(({ sid }) => sid);
  return [...new Set(writers)].filter((sid) => !isTrusted(sid) && !OWNERS.includes(sid));
}

/** Why something must not be used by who trusts only some accounts, or undefined. */
export function reasonAgainstAccess(
  found: FoundAccess,
  isTrusted: (sid: string) => boolean,
  { scope = 'change', mayOwn = isTrusted }: { scope?: Scope; mayOwn?: (sid: string) => boolean } = {},
): string | undefined {
  if (found.isMissing === true) return undefined;
  if (found.reason !== undefined) return `its access list cannot be read (${found.reason.trim().replace(/\.$/, '')})`;
  if (found.isReparsePoint === true) return 'it is a link that points elsewhere';
  const { owner = 'nobody' } = found;
  if (!mayOwn(owner)) return `it belongs to the account ${owner}`;
  const [writer] = foreignWriters(found, isTrusted, scope);
  return writer === undefined ? undefined : `the account ${writer} may write there`;
}

/** True where the account of this process may make files in a folder. */
export function mayWrite({ own, groups }: FoundAccessLists, { entries = [] }: FoundAccess): boolean {
  const mine = new Set([own, ...groups]);
  return entries.some(({ sid, rights, isAllowed, isForChildrenOnly }) => {
    return isAllowed && !isForChildrenOnly && mine.has(sid) && (rights & 0x2) !== 0;
  });
}

const FULL_CONTROL = 0x1f01ff;

/**
 * Everyone, local, console, dial-up, network, batch, interactive, service, anonymous, Authenticated Users, users of
 * terminals, this organization, local accounts, others, Users, Guests, Power Users, programs of the store, services,
 * application pools, all who logged on by NTLM, SChannel, Digest or an asserted identity, and of a domain its users,
 * guests and computers.
 */
const EVERYBODY = new RegExp(
  '^S-1-(1-0|2-[01]|18-[12]|5-([1-4]|6|7|11|13|14|15|113|1000)|5-32-54[567]|5-64-(10|14|21)|15-2-[12]|5-8[02]-0|' +
    '5-21-[\\d-]+-51[345])$',
);

/** Accounts with an entry of full control of their own, not one for children only; nobody appoints everybody. */
export function fullControlOf({ entries = [] }: Pick<FoundAccess, 'entries'>): readonly string[] {
  const found = entries.filter(({ sid, isAllowed, isForChildrenOnly, rights }) => {
    return isAllowed && !isForChildrenOnly && (rights & FULL_CONTROL) === FULL_CONTROL && !EVERYBODY.test(sid);
  });
  return [...new Set(found.map(({ sid }) => sid))];
}

/** What is set of a file or folder. */
export interface NewAccess {
  readonly path: string;
  readonly sddl: string;
  /** All below has this and nothing of its own any more, owners neither. */
  readonly below?: InheritedAccess;
  /** Names in the folder that keep what they have. */
  readonly keeps?: readonly string[];
}

/** What a file or folder has of the folder above it. */
export interface InheritedAccess {
  readonly folder: string;
  readonly file: string;
}

/** What was not changed, because it could be something else than what its path says. */
interface RefusedAccess {
  readonly path: string;
  readonly reason: string;
}

/**
 * Sets access lists in a folder, by paths without short names and without links above; what leads elsewhere by then is
 * left alone, as is a link in the place of the last name. @throws SyncError SiteFolderNotWritable, SiteFolderNotTrusted
 */
export async function setAccess(folder: string, items: readonly NewAccess[], system: ScriptSystem): Promise<void> {
  const given = { items: items.map((item) => ({ ...item, path: withRealFolder(item.path) })) };
  const answer = await runScript({ name: 'Write-CMSyncAccess', given }, system);
  if ('reason' in answer) throw new SyncError('SiteFolderNotWritable', { path: folder, reason: answer.reason });
  const [refused] = (answer.value ?? []) as readonly RefusedAccess[];
  if (refused !== undefined) throw new SyncError('SiteFolderNotTrusted', { ...refused });
}

function withRealFolder(path: string): string {
  if (!isAbsolute(path)) return path;
  const folder = dirname(path);
  const real = realPlace(folder);
  return real === folder ? path : join(real, basename(path));
}
