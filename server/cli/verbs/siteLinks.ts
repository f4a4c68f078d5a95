import { randomUUID } from 'node:crypto';
import { clientOf, defined, EXIT_CODES, printJson } from '../CommandContext.js';
import type { CommandContext } from '../CommandContext.js';
import type { JoinTokenArgs, RevokeArgs, SiteArgs } from '../parser/options.js';
import { TREE_COLUMNS } from '../table.js';
import { printTable } from '../tableLines.js';

/** `site tree`. */
export async function tree(args: SiteArgs, context: CommandContext): Promise<number> {
  const { sites } = await (await clientOf(args, context)).request('site/tree', {});
  if (context.json) printJson(context, sites);
  else printTable(context, sites, TREE_COLUMNS);
  return EXIT_CODES.done;
}

/** `site join-token`: the token alone on stdout, for a pipe. */
export async function joinToken(args: JoinTokenArgs, context: CommandContext): Promise<number> {
  const role = args.role === 'SoftwareUpdatePoint' ? args.role : 'Site';
  const chosen = defined({ expirationHours: args['expiration-hours'], address: args.address });
  const token = await (
    await clientOf(args, context)
  ).request('site/joinToken', { requestId: randomUUID(), role, ...chosen });
  if (context.json) printJson(context, token);
  else context.print(token.Token);
  return EXIT_CODES.done;
}

/** `site revoke`. */
export async function revoke(args: RevokeArgs, context: CommandContext): Promise<number> {
  const revoked = await (
    await clientOf(args, context)
  ).request('site/revoke', {
    requestId: randomUUID(),
    siteCode: args.code,
    ...defined({ serverName: args['server-name'] }),
  });
  if (context.json) printJson(context, revoked);
  else context.print(`${revoked.SiteCode} (${revoked.ServerName}) was revoked`);
  return EXIT_CODES.done;
}

/** `site update-key`. */
export async function updateKey(args: SiteArgs, context: CommandContext): Promise<number> {
  const { changed } = await (await clientOf(args, context)).request('site/updateKey', { requestId: randomUUID() });
  if (context.json) printJson(context, { changed });
  else context.print(`Rotated: ${changed.join(', ')}`);
  return EXIT_CODES.done;
}
