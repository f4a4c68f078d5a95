import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { clientOf, defined, EXIT_CODES, printJson, tellWarnings } from '../CommandContext.js';
import type { CommandContext } from '../CommandContext.js';
import type { SiteArgs } from '../parser/options.js';
import { readDatabaseKey } from '../readDatabaseAddress.js';
import type { DatabaseKeyArgs, SetDatabaseKeyArgs } from '../parser/siteServerOptions.js';

/** `site database-key`: the key alone on stdout, for a pipe, or in a file. */
export async function databaseKey(args: DatabaseKeyArgs, context: CommandContext): Promise<number> {
  await clientOf(args, context);
  const file = args.out === undefined ? undefined : path.resolve(args.out);
  const key = await context.backend.databaseKey(defined({ path: file, force: args.force }));
  if (context.json) printJson(context, key);
  else context.print(key.Path === '' ? key.Key : `The key is in ${key.Path}`);
  return EXIT_CODES.done;
}

/** `site update-database-key`. */
export async function updateDatabaseKey(args: SiteArgs, context: CommandContext): Promise<number> {
  const client = await clientOf(args, context);
  const updated = await client.request('database/updateKey', { requestId: randomUUID() });
  if (context.json) printJson(context, updated);
  else context.print(`The database of site ${client.site.siteCode} is sealed with a new key`);
  const needs = (name: string): string =>
    `The server ${name} needs the new key: write it into a file here with configmgrsync site database-key --out ` +
    'FILE, and run configmgrsync site set-database-key --database-key-file FILE there.';
  tellWarnings(context, updated.servers.map(needs));
  return EXIT_CODES.done;
}

/** `site set-database-key`. */
export async function setDatabaseKey(args: SetDatabaseKeyArgs, context: CommandContext): Promise<number> {
  const { site } = await clientOf(args, context);
  const whatIf = args['what-if'] === true;
  const databaseKey = await readDatabaseKey(args['database-key-file'], context);
  const set = await context.backend.setDatabaseKey({ requestId: randomUUID(), databaseKey, whatIf });
  if (context.json) printJson(context, set);
  else context.print(`Site ${site.siteCode} ${whatIf ? 'can open' : 'opens'} ${set.where} with this key`);
  return EXIT_CODES.done;
}
