import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { localTime } from '../../errors/localTime.js';
import { clientOf, defined, EXIT_CODES, printJson, tellWarnings } from '../CommandContext.js';
import type { CommandContext } from '../CommandContext.js';
import { readSecret } from '../readSecret.js';
import type { BackupArgs, RestoreArgs } from '../parser/transferOptions.js';
import { withProgress } from '../withProgress.js';

/** `backup`: copies the site into a new folder while its engine works. */
export async function backup(args: BackupArgs, context: CommandContext): Promise<number> {
  await clientOf(args, context);
  const params = defined({ password: args['password-stdin'] === true ? await readSecret(context.input) : undefined });
  const made = await withProgress(context, async () =>
    context.backend.backup({ requestId: randomUUID(), path: path.resolve(args.path), ...params }, context.signal),
  );
  if (context.json) printJson(context, made);
  else
    context.print(
      `Backed up site ${made.SiteCode} to ${made.Path}: ${count(made.Files)} files (${count(made.Size)} bytes), ` +
        `${count(made.Documents)} documents, ${count(made.Updates)} software updates`,
    );
  tellWarnings(context, made.Warnings);
  return EXIT_CODES.done;
}

/** `restore`: makes a site of a backup, or puts one back to the time of it. */
export async function restore(args: RestoreArgs, context: CommandContext): Promise<number> {
  const params = defined({
    sitePath: args['site-path'] === undefined ? undefined : path.resolve(args['site-path']),
    password: args['password-stdin'] === true ? await readSecret(context.input) : undefined,
    replace: args.replace,
    account: args.account,
    whatIf: args['what-if'],
  });
  const restored = await withProgress(context, async () =>
    context.backend.restore({ requestId: randomUUID(), path: path.resolve(args.path), ...params }, context.signal),
  );
  if (context.json) printJson(context, restored);
  else
    context.print(
      `${restored.WhatIf ? 'Would restore' : 'Restored'} site ${restored.SiteCode} in ${restored.InstallDir} ` +
        `to ${localTime(restored.CreationTime)}${restored.Replaced ? ', in the place of the one there' : ''}: ` +
        `${count(restored.Documents)} documents, ${count(restored.Updates)} software updates`,
    );
  tellWarnings(context, restored.Warnings);
  return EXIT_CODES.done;
}

function count(number: number): string {
  return number.toLocaleString('en');
}
