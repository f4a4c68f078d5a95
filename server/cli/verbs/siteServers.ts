import { randomUUID } from 'node:crypto';
import path from 'node:path';
import type { SyncServer } from '../../contract/generated/types.js';
import { SyncError } from '../../errors/SyncError.js';
import { clientOf, defined, EXIT_CODES, printJson, tellWarnings } from '../CommandContext.js';
import type { CommandContext } from '../CommandContext.js';
import type { SiteArgs } from '../parser/options.js';
import { readDatabaseAddress, readDatabaseKey } from '../readDatabaseAddress.js';
import type { AttachArgs, DatabaseAddressArgs, RemoveServerArgs } from '../parser/siteServerOptions.js';
import { dateText } from '../table.js';
import type { Column } from '../tableLines.js';
import { show } from './lists.js';

const COLUMNS: readonly Column<SyncServer>[] = [
  { heading: 'ServerName', text: (server) => server.ServerName },
  { heading: 'Role', text: (server) => server.Role },
  { heading: 'State', text: (server) => server.State },
  { heading: 'Version', text: (server) => server.ConfigMgrSyncVersion, from: 100 },
  { heading: 'StartTime', text: (server) => dateText(server.StartTime) },
  { heading: 'HeartbeatTime', text: (server) => dateText(server.HeartbeatTime ?? '') },
];

/** `site attach`. */
export async function attach(args: AttachArgs, context: CommandContext): Promise<number> {
  if (args['database-address-file'] === '-' && args['database-key-file'] === '-')
    throw new SyncError('ContradictoryParameters', {
      reason: 'Standard input holds the address of the database or its key, not both',
    });
  const databaseAddress = await readDatabaseAddress(args['database-address-file'], context);
  const databaseKey = await readDatabaseKey(args['database-key-file'], context);
  const folder = args['site-path'] === undefined ? undefined : path.resolve(args['site-path']);
  const chosen = defined({
    path: folder,
    serverName: args['server-name'],
    operators: args.operator,
    account: args.account,
  });
  const site = await context.backend.attach({ requestId: randomUUID(), databaseAddress, databaseKey, ...chosen });
  if (context.json) printJson(context, site);
  else context.print(`This server of site ${site.SiteCode} is in ${site.InstallDir}`);
  return EXIT_CODES.done;
}

/** `site database-address`. */
export async function databaseAddress(args: DatabaseAddressArgs, context: CommandContext): Promise<number> {
  const { site } = await clientOf(args, context);
  const [file, whatIf] = [args['database-address-file'], args['what-if'] === true];
  const address = await readDatabaseAddress(file, context);
  const request = { requestId: randomUUID(), databaseAddress: address, whatIf };
  const set = await context.backend.setDatabaseAddress(request);
  if (context.json) printJson(context, set);
  else context.print(`Site ${site.siteCode} ${whatIf ? 'can use' : 'uses'} ${set.where}`);
  tellWarnings(context, set.warnings);
  return EXIT_CODES.done;
}

/** `site servers`. */
export async function servers(args: SiteArgs, context: CommandContext): Promise<number> {
  const found = await (await clientOf(args, context)).request('server/list', {}, context);
  return show(found.servers, COLUMNS, context);
}

/** `site remove-server NAME`. */
export async function removeServer(args: RemoveServerArgs, context: CommandContext): Promise<number> {
  const client = await clientOf(args, context);
  const removed = await client.request('server/remove', { requestId: randomUUID(), serverName: args.name });
  if (context.json) printJson(context, removed);
  else context.print(`The server ${removed.ServerName} was removed from the list. Its folder stays.`);
  return EXIT_CODES.done;
}
