import { randomUUID } from 'node:crypto';
import type { Notification } from '../../contract/generated/types.js';
import { clientOf, defined, EXIT_CODES, printJson, tellWarnings } from '../CommandContext.js';
import type { CommandContext } from '../CommandContext.js';
import type { NotificationSetArgs } from '../parser/alertOptions.js';
import type { SiteArgs } from '../parser/options.js';
import { readSecret } from '../readSecret.js';

/** `notification get`. */
export async function getNotification(args: SiteArgs, context: CommandContext): Promise<number> {
  const client = await clientOf(args, context);
  return showOne(await client.request('notification/get', {}, context), context);
}

/** `notification set`. */
export async function setNotification(args: NotificationSetArgs, context: CommandContext): Promise<number> {
  const client = await clientOf(args, context);
  const given = defined({
    smtpServer: args['smtp-server'],
    smtpPort: args['smtp-port'],
    smtpSecurity: args['smtp-security'],
    allowUnencrypted: args['allow-unencrypted'],
    sender: args.sender,
    userName: args['user-name'],
    smtpPassword: args['smtp-password-stdin'] === true ? await readSecret(context.input) : undefined,
    inherit: args.inherit === true ? (true as const) : undefined,
    digestMinutes: args['digest-minutes'],
  });
  const result = await client.request('notification/set', { requestId: randomUUID(), ...given }, context);
  tellWarnings(context, result.warnings);
  return showOne(result.notification, context);
}

function showOne(notification: Notification, context: CommandContext): number {
  const entries = Object.entries(notification);
  const width = Math.max(...entries.map(([name]) => name.length));
  if (context.json) printJson(context, notification);
  else for (const [name, value] of entries) context.print(`${name.padEnd(width)} : ${String(value)}`.trimEnd());
  return EXIT_CODES.done;
}
