import { win32 } from 'node:path';
import { fullControlOf } from './accessList.js';
import type { AccessEntry, InheritedAccess, NewAccess } from './accessList.js';

/** Who may use a site folder on Windows, as SIDs. */
export interface WindowsAccess {
  /** Accounts that may do everything there: who made the site, the account of its service. */
  readonly owners: readonly string[];
  /** Who asks the engine, and starts none. */
  readonly operators: readonly string[];
}

const SYSTEM = 'S-1-5-18';
const ADMINISTRATORS = 'S-1-5-32-544';
const USERS = 'S-1-5-32-545';

/** Inherited by folders and files. */
const ALL = 'OICI';
const READ = '0x1200a9';
const READ_AND_ADD_FILES = '0x1200ab';
const MODIFY = '0x1301bf';

/** The owner and the list of a file, not what is in it: who opens it for no more keeps nobody else from opening it. */
const LOOK = '0x120080';

/** Held open by the engine; whoever could open it to read could keep the engine out. */
export const LOCK_FILE = 'engine.lock';

/** Where operators put packages. */
export const TRANSFER = 'Transfer';

/** A file in `Transfer` that nobody else may remove: an empty folder could be turned into a link. */
export const TRANSFER_KEEPER = '.folder';

/** The folder of all sites: others see what is there and make nothing. */
export function rootAccess(root: string): NewAccess {
  const list = [...full([SYSTEM, ADMINISTRATORS]), entry(USERS, READ, '')];
  return { path: root, sddl: `O:BAD:PAI${list.join('')}` };
}

/** The same where it is chosen by somebody who is not an administrator, and so can make nobody else its owner. */
export function ownRootAccess(root: string, owner: string): NewAccess {
  return { path: root, sddl: `D:PAI${full([SYSTEM, ADMINISTRATORS, owner]).join('')}` };
}

/**
 * A site folder and what is in it: SYSTEM, Administrators and its owners do everything; operators read, which the
 * secret of the pipe needs, and put packages into Transfer; of the file of the lock they see only whose it is.
 */
export function siteAccess(folder: string, access: WindowsAccess): readonly NewAccess[] {
  const owners = full([SYSTEM, ADMINISTRATORS, ...access.owners]);
  const operators = [...new Set(access.operators)];
  const each = (rights: string, flags: string): readonly string[] => operators.map((one) => entry(one, rights, flags));
  const transfer = win32.join(folder, TRANSFER);
  const site = { path: folder, sddl: `D:PAI${[...owners, ...each(READ, ALL)].join('')}` };
  if (operators.length === 0) return [site];
  return [
    site,
    {
      path: transfer,
      sddl: `D:PAI${[...owners, ...each(READ_AND_ADD_FILES, ''), ...each(MODIFY, 'OIIO')].join('')}`,
    },
    { path: win32.join(transfer, TRANSFER_KEEPER), sddl: `D:PAI${[...owners, ...each(READ, '')].join('')}` },
    { path: win32.join(folder, LOCK_FILE), sddl: `D:PAI${[...owners, ...each(LOOK, '')].join('')}` },
  ];
}

/**
 * What all below a folder inherits from such a list, as text: it is set of each file itself, because the system gives
 * it to whatever a name leads to at that moment.
 */
export function inheritedAccess(sddl: string): InheritedAccess {
  const entries = [...sddl.matchAll(/\(A;OICI;(\w+);;;([\w-]+)\)/g)];
  const list = (flags: string): string =>
    entries.map(([, rights = '', sid = '']) => entry(sid, rights, flags)).join('');
  return { folder: `O:BAD:AI${list('OICIID')}`, file: `O:BAD:AI${list('ID')}` };
}

/** A file that administrators and `writers` change, and `readers` read. */
export function fileAccess(
  file: string,
  { writers, readers }: { readonly writers: readonly string[]; readonly readers: readonly string[] },
): NewAccess {
  const owners = [SYSTEM, ADMINISTRATORS, ...writers];
  const reading = readers.filter((one) => !owners.includes(one)).map((one) => entry(one, READ, ''));
  const list = [...full(owners, ''), ...reading];
  return { path: file, sddl: `D:PAI${list.join('')}` };
}

function full(accounts: readonly string[], flags = ALL): readonly string[] {
  return [...new Set(accounts)].map((one) => entry(one, 'FA', flags));
}

function entry(sid: string, rights: string, flags: string): string {
  return `(A;${flags};${rights};;;${sid})`;
}

/** What Node.js opens a pipe for: to read and to write, which has the right to serve it in it. */
const USE_PIPE = '0x12019f';

/** A pipe of the engine for who has full control of its folder, and for operators who are let in there. */
export function pipeAccess(folder: readonly AccessEntry[], operators: readonly string[]): string {
  const here = folder.filter(({ isAllowed, isForChildrenOnly }) => isAllowed && !isForChildrenOnly);
  const asking = here.map(({ sid }) => sid).filter((sid) => operators.includes(sid));
  const all = [...fullControlOf({ entries: folder }), ...asking];
  const sids = new Set(all.filter((sid) => sid !== SYSTEM && sid !== ADMINISTRATORS));
  const others = [...sids].map((sid) => entry(sid, USE_PIPE, ''));
  return `D:P${[...full([SYSTEM, ADMINISTRATORS], ''), ...others].join('')}`;
}

/** The SID in the output of `whoami /user /fo csv /nh`: "machine\\name","S-1-5-21-…". */
export function sidOfWhoami(output: string): string | undefined {
  return /"(S-1-[\d-]+)"/.exec(output)?.[1];
}
