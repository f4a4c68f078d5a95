import { randomUUID } from 'node:crypto';
import type {
  OldDatabase,
  SiteMove,
  SiteMoveRequest,
  SiteRemoveOldDatabaseRequest,
} from '../../contract/generated/types.js';
import { SyncError } from '../../errors/SyncError.js';
import { clientOf, defined, EXIT_CODES, printJson, tellWarnings } from '../CommandContext.js';
import type { CommandContext } from '../CommandContext.js';
import { readDatabaseAddress } from '../readDatabaseAddress.js';
import type { MoveArgs } from '../parser/transferOptions.js';
import { withProgress } from '../withProgress.js';

/** `site move`: moves a site to another database, or removes what a move has left. */
export async function moveSite(args: MoveArgs, context: CommandContext): Promise<number> {
  const { database, 'drop-old': dropsOld, 'database-address-file': file } = args;
  const whatIf = args['what-if'] === true;
  const leaveOnServer = args['leave-on-server'] === true;
  if ((database === undefined) === (dropsOld !== true))
    throw new SyncError('InvalidRequest', {
      method: 'site move',
      reason: 'it takes either --database or --drop-old',
    });
  if (leaveOnServer && dropsOld !== true)
    throw new SyncError('ContradictoryParameters', { reason: '--leave-on-server is for --drop-old' });
  if (database !== 'postgres' && file !== undefined)
    throw new SyncError('ContradictoryParameters', {
      reason: '--database-address-file is for --database postgres',
    });
  await clientOf(args, context);
  if (database === undefined) return dropOld({ requestId: randomUUID(), whatIf, leaveOnServer }, context);
  const databaseAddress = database === 'postgres' ? await readDatabaseAddress(file, context) : undefined;
  return move(
    { requestId: randomUUID(), database: nameOf(database), whatIf, ...defined({ databaseAddress }) },
    context,
  );
}

function nameOf(word: string): SiteMoveRequest['database'] {
  if (word === 'postgres') return 'Postgres';
  return word === 'sqlite' ? 'Sqlite' : 'Embedded';
}

async function move(request: SiteMoveRequest, context: CommandContext): Promise<number> {
  const moved = await withProgress(context, async () => context.backend.move(request, context.signal));
  if (context.json) printJson(context, moved);
  else context.print(textOf(moved));
  tellWarnings(context, moved.Warnings);
  return EXIT_CODES.done;
}

function textOf(moved: SiteMove): string {
  const { SiteCode, OldDatabase, Database, OldDatabaseSize, Documents, Rows, Digest } = moved;
  if (moved.WhatIf)
    return `Would move site ${SiteCode} from ${OldDatabase} (${megabytes(OldDatabaseSize)}) to ${Database}`;
  const how = moved.Resumed ? 'copied, going on with an interrupted move,' : 'copied';
  return (
    `Moved site ${SiteCode} from the database ${OldDatabase} to ${Database}: ${count(Documents)} documents and ` +
    `${count(Rows)} rows were ${how} and compared (SHA-256 ${Digest})`
  );
}

async function dropOld(request: SiteRemoveOldDatabaseRequest, context: CommandContext): Promise<number> {
  const removed = await context.backend.removeOldDatabase(request);
  if (context.json) printJson(context, removed);
  else {
    const what = removed.Database === null ? 'the copy of an interrupted move' : `the old database ${removed.Database}`;
    context.print(
      `${actionOf(removed)} ${what} of site ${removed.SiteCode} ${removed.Left ? 'in' : 'from'} ${removed.Path} ` +
        `(${megabytes(removed.Size)})`,
    );
  }
  if (removed.Left) tellWarnings(context, [leftWarning(removed)]);
  return EXIT_CODES.done;
}

function actionOf({ Left, WhatIf }: OldDatabase): string {
  if (Left) return WhatIf ? 'Would forget' : 'Forgot';
  return WhatIf ? 'Would remove' : 'Removed';
}

function leftWarning({ SiteCode, Path, WhatIf }: OldDatabase): string {
  return (
    `The tables of site ${SiteCode} in ${Path} ${WhatIf ? 'would be' : 'are'} left there, and the site forgets their ` +
    'address. If that server comes back, remove its schema configmgrsync by hand.'
  );
}

function count(number: number | null): string {
  return (number ?? 0).toLocaleString('en');
}

function megabytes(bytes: number | null): string {
  return bytes === null ? 'size not known' : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
