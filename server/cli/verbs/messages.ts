import type { StatusMessage } from '../../contract/generated/types.js';
import { clientOf, defined } from '../CommandContext.js';
import type { CommandContext } from '../CommandContext.js';
import type { MessageArgs } from '../parser/administrationOptions.js';
import { dateOf } from '../dateOf.js';
import { dateText } from '../table.js';
import type { Column } from '../tableLines.js';
import { show } from './lists.js';

const COLUMNS: readonly Column<StatusMessage>[] = [
  { heading: 'Time', text: (row) => dateText(row.Time) },
  { heading: 'SiteCode', text: (row) => row.SiteCode, from: 120 },
  { heading: 'Severity', text: (row) => row.SeverityName },
  { heading: 'MessageID', text: (row) => String(row.MessageID), right: true },
  { heading: 'MachineName', text: (row) => row.MachineName, width: 30, from: 100 },
  {
    heading: 'MessageText',
    text: (row) => row.MessageText,
    width: 400,
    wraps: true,
  },
];

/** `messages`: the oldest first. */
export async function messages(args: MessageArgs, context: CommandContext): Promise<number> {
  const filter = defined({
    severity: args.severity === undefined ? undefined : [args.severity],
    messageId: args.id === undefined ? undefined : [args.id],
    startTime: dateOf('since', args.since),
  });
  const client = await clientOf(args, context);
  const found: StatusMessage[] = [];
  let after: number | null = 0;
  while (after !== null) {
    const page: { messages: StatusMessage[]; next: number | null } = await client.request(
      'message/list',
      { ...filter, after },
      context,
    );
    found.push(...page.messages);
    after = page.next;
  }
  return show(found, COLUMNS, context);
}
