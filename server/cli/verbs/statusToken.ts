import { randomUUID } from 'node:crypto';
import type { StatusToken } from '../../contract/generated/types.js';
import type { SiteArgs } from '../parser/options.js';
import type { NewStatusTokenArgs, StatusTokenArgs } from '../parser/administrationOptions.js';
import { clientOf, defined, EXIT_CODES, printJson, tellWarnings } from '../CommandContext.js';
import type { CommandContext } from '../CommandContext.js';
import { dateText } from '../table.js';
import type { Column } from '../tableLines.js';
import { show } from './lists.js';

const COLUMNS: readonly Column<StatusToken>[] = [
  { heading: 'Name', text: (token) => token.Name },
  { heading: 'CreationTime', text: (token) => dateText(token.CreationTime), from: 100 },
  { heading: 'ExpirationTime', text: (token) => dateText(token.ExpirationTime) },
  { heading: 'IsExpired', text: (token) => String(token.IsExpired) },
];

/** `status-token new NAME`: the token alone on stdout, for a pipe. */
export async function newStatusToken(args: NewStatusTokenArgs, context: CommandContext): Promise<number> {
  const client = await clientOf(args, context);
  const chosen = defined({ expirationDays: args['expiration-days'] });
  const token = await client.request('statusToken/new', { requestId: randomUUID(), name: args.name, ...chosen });
  tellWarnings(context, token.Warnings);
  if (context.json) printJson(context, token);
  else context.print(token.Token);
  return EXIT_CODES.done;
}

/** `status-token list`. */
export async function listStatusTokens(args: SiteArgs, context: CommandContext): Promise<number> {
  const { tokens } = await (await clientOf(args, context)).request('statusToken/list', {}, context);
  return show(tokens, COLUMNS, context);
}

/** `status-token remove NAME`. */
export async function removeStatusToken(args: StatusTokenArgs, context: CommandContext): Promise<number> {
  const client = await clientOf(args, context);
  const removed = await client.request('statusToken/remove', { requestId: randomUUID(), name: args.name });
  if (context.json) printJson(context, removed);
  else context.print(`The status token ${removed.Name} was removed. Whoever used it is signed out.`);
  return EXIT_CODES.done;
}
