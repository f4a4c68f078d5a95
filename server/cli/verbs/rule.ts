import { randomUUID } from 'node:crypto';
import type { StatusFilterRule, StatusRuleSetRequest } from '../../contract/generated/types.js';
import { clientOf, defined, EXIT_CODES, printJson, tellWarnings } from '../CommandContext.js';
import type { CommandContext } from '../CommandContext.js';
import type { RuleArgs, RuleListArgs, RuleSetArgs } from '../parser/ruleOptions.js';
import type { Column } from '../tableLines.js';
import { show } from './lists.js';

const COLUMNS: readonly Column<StatusFilterRule>[] = [
  { heading: 'Priority', text: (row) => String(row.Priority), right: true },
  { heading: 'Enabled', text: (row) => String(row.Enabled) },
  { heading: 'Message', text: (row) => String(row.MessageId ?? ''), right: true },
  { heading: 'Severity', text: (row) => row.SeverityType },
  { heading: 'Name', text: (row) => row.Name, width: 60, wraps: true },
  { heading: 'Program', text: (row) => (row.RunProgram ? row.ProgramPath : ''), width: 60, from: 100 },
];

/** `rule list`. */
export async function listRules({ name, ...args }: RuleListArgs, context: CommandContext): Promise<number> {
  const client = await clientOf(args, context);
  return show((await client.request('statusRule/list', defined({ name }), context)).rules, COLUMNS, context);
}

/** `rule new` and `rule set`. */
export async function setRule(args: RuleSetArgs, isNew: boolean, context: CommandContext): Promise<number> {
  const { component: componentName, program, severity: severityType, priority } = args;
  const change = {
    messageId: args['message-id'],
    componentName,
    severityType,
    siteSystemServerName: args.server,
    reportToEventLog: args['report-to-event-log'],
    ...(program === undefined ? {} : { programPath: program, runProgram: program !== '' }),
    ...(args.last === undefined ? {} : { processLowerPriorityRule: !args.last }),
    priority,
  };
  return changed(args, { isNew, ...defined(change) }, context);
}

/** `rule enable` and `rule disable`. */
export async function switchRule(args: RuleArgs, enabled: boolean, context: CommandContext): Promise<number> {
  return changed(args, { isNew: false, enabled }, context);
}

async function changed(
  args: RuleArgs,
  change: Omit<StatusRuleSetRequest, 'requestId' | 'name'>,
  context: CommandContext,
): Promise<number> {
  const client = await clientOf(args, context);
  const request = { requestId: randomUUID(), name: args.name, ...change };
  const { rules, warnings } = await client.request('statusRule/set', request, context);
  tellWarnings(context, warnings);
  return show(rules, COLUMNS, context);
}

/** `rule remove`. */
export async function removeRule(args: RuleArgs, context: CommandContext): Promise<number> {
  const client = await clientOf(args, context);
  const request = { requestId: randomUUID(), name: args.name };
  const removed = await client.request('statusRule/remove', request, context);
  if (context.json) printJson(context, removed);
  return EXIT_CODES.done;
}
