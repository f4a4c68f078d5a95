import { randomUUID } from 'node:crypto';
import { SyncError } from '../../errors/SyncError.js';
import { clientOf, defined, EXIT_CODES, printJson } from '../CommandContext.js';
import type { CommandContext } from '../CommandContext.js';
import type { NewSiteArgs, RepairAccessArgs } from '../parser/options.js';
import { readDatabaseAddress } from '../readDatabaseAddress.js';
import { readSecret } from '../readSecret.js';
import { SITE_COLUMNS } from '../table.js';
import { printTable } from '../tableLines.js';

/** `site new`. */
export async function newSite(args: NewSiteArgs, context: CommandContext): Promise<number> {
  const joinToken = args.join === '-' ? (await readSecret(context.input)).trim() : args.join;
  if (joinToken !== undefined && args.join !== '-')
    context.tell(
      'Warning: the token was on the command line, where other users of this machine can read it. Use --join -.',
    );
  const chosen = defined({
    siteName: args['site-name'],
    path: args['site-path'],
    type: args.type,
    upstream: args.upstream,
    operators: args.operator,
    account: args.account,
    joinToken,
    parentSiteCode: args['parent-site-code'],
    serverName: args['server-name'],
    database: databaseOf(args.database),
    databaseAddress: await addressOf(args, context),
  });
  const site = await context.backend.newSite({ requestId: randomUUID(), siteCode: args['site-code'], ...chosen });
  if (context.json) printJson(context, site);
  else context.print(`Site ${site.SiteCode} is in ${site.InstallDir}`);
  return EXIT_CODES.done;
}

const DATABASES = { embedded: 'Embedded', sqlite: 'Sqlite', postgres: 'Postgres' } as const;

function databaseOf(word: string | undefined): 'Embedded' | 'Sqlite' | 'Postgres' | undefined {
  return DATABASES[word as keyof typeof DATABASES];
}

/** @throws SyncError ContradictoryParameters for an address that no database asks for, DatabaseAddressInvalid */
async function addressOf(args: NewSiteArgs, context: CommandContext): Promise<string | undefined> {
  const file = args['database-address-file'];
  if (args.database === 'postgres') {
    if (args.join === '-' && file === '-')
      throw new SyncError('ContradictoryParameters', {
        reason: 'Standard input holds the join token or the address of the database, not both',
      });
    return readDatabaseAddress(file, context);
  }
  if (file === undefined) return undefined;
  throw new SyncError('ContradictoryParameters', {
    reason: '--database-address-file is for --database postgres',
  });
}

/** `site repair-access`: the site need not be one that may be used as it is. */
export async function repairSiteAccess(args: RepairAccessArgs, context: CommandContext): Promise<number> {
  await clientOf(args, context);
  const done = await context.backend.repairAccess({
    requestId: randomUUID(),
    ...defined({ whatIf: args['what-if'], includeParent: args['include-parent'] }),
  });
  if (context.json) printJson(context, done);
  else {
    if (done.Reason !== null) context.print(done.Reason);
    for (const step of done.Steps) context.print(step);
    context.print(done.Changed ? `Access to ${done.InstallDir} was corrected.` : 'Nothing was changed.');
  }
  return EXIT_CODES.done;
}

/** `site list`. */
export async function listSites(context: CommandContext): Promise<number> {
  const { sites } = await context.backend.listSites();
  if (context.json) printJson(context, sites);
  else printTable(context, sites, SITE_COLUMNS);
  return EXIT_CODES.done;
}
