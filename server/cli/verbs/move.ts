import { randomUUID } from 'node:crypto';
import { SyncError } from '../../errors/SyncError.js';
import { clientOf, EXIT_CODES, printJson, tellWarnings } from '../CommandContext.js';
import type { CommandContext } from '../CommandContext.js';
import type { MoveArgs } from '../transferOptions.js';
import { withProgress } from '../withProgress.js';

/** `site move`: moves a site to another database, or removes what a move has left. */
export async function moveSite(args: MoveArgs, context: CommandContext): Promise<number> {
  const { database, 'drop-old': dropsOld } = args;
  if ((database === undefined) === (dropsOld !== true))
    throw new SyncError('InvalidRequest', {
      method: 'site move',
      reason: 'it takes either --database or --drop-old',
    });
  await clientOf(args, context);
  const whatIf = args['what-if'] === true;
  return database === undefined ? dropOld(whatIf, context) : move(database, whatIf, context);
}

async function move(word: string, whatIf: boolean, context: CommandContext): Promise<number> {
  const database = word === 'sqlite' ? 'Sqlite' : 'Embedded';
  const moved = await withProgress(context, async () =>
    context.backend.move({ requestId: randomUUID(), database, whatIf }, context.signal),
  );
  if (context.json) printJson(context, moved);
  else if (moved.WhatIf)
    context.print(
      `Would move site ${moved.SiteCode} from the database ${moved.OldDatabase} (${megabytes(moved.OldDatabaseSize)}) ` +
        `to ${moved.Database}`,
    );
  else
    context.print(
      `Moved site ${moved.SiteCode} from the database ${moved.OldDatabase} to ${moved.Database}: ` +
        `${count(moved.Documents)} documents and ${count(moved.Rows)} rows were ` +
        `${moved.Resumed ? 'copied, going on with an interrupted move,' : 'copied'} and compared (SHA-256 ${moved.Digest})`,
    );
  tellWarnings(context, moved.Warnings);
  return EXIT_CODES.done;
}

async function dropOld(whatIf: boolean, context: CommandContext): Promise<number> {
  const removed = await context.backend.removeOldDatabase({ requestId: randomUUID(), whatIf });
  if (context.json) printJson(context, removed);
  else {
    const what = removed.Database === null ? 'the copy of an interrupted move' : `the old database ${removed.Database}`;
    context.print(
      `${removed.WhatIf ? 'Would remove' : 'Removed'} ${what} of site ${removed.SiteCode} from ${removed.Path} ` +
        `(${megabytes(removed.Size)})`,
    );
  }
  return EXIT_CODES.done;
}

function count(number: number | null): string {
  return (number ?? 0).toLocaleString('en');
}

function megabytes(bytes: number): string {
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
