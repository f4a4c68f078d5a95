import type { MessageListRequest, MessageListResult, StatusMessage } from '../../contract/generated/types.js';
import { namePattern } from '../../criteria/names.js';
import type { SiteContext } from '../../state/SiteContext.js';
import { toStatusMessage } from '../objects/toStatusMessage.js';
import type { StoredStatusMessage } from '../objects/toStatusMessage.js';

const PAGE_SIZE = 1000;

/** `message/list`: those of one page of stored messages that meet every filter, the oldest first. */
export async function listMessages(context: SiteContext, params: MessageListRequest): Promise<MessageListResult> {
  const limit = params.pageSize ?? PAGE_SIZE;
  const from = params.startTime === undefined ? 0 : Date.parse(params.startTime);
  const stored = await context.database.messages({ after: params.after ?? 0, limit, from });
  const all = stored.map(({ id, json }) =>
    toStatusMessage(id, JSON.parse(json) as StoredStatusMessage, context.site.siteCode),
  );
  return {
    messages: all.filter((message) => matches(message, params)),
    next: stored.length === limit ? (stored.at(-1)?.id ?? null) : null,
  };
}

function matches(
  message: StatusMessage,
  { component, computerName, module, siteCode, messageId, severity, wildcard }: MessageListRequest,
): boolean {
  const isNamed = (names: readonly string[] | undefined, value: string): boolean =>
    names === undefined || names.some((name) => namePattern(name, wildcard).test(value));
  return (
    isNamed(component, message.Component) &&
    isNamed(computerName, message.MachineName) &&
    isNamed(module, message.ModuleName) &&
    (siteCode === undefined || siteCode.some((code) => code.toUpperCase() === message.SiteCode.toUpperCase())) &&
    (messageId === undefined || messageId.includes(message.MessageID)) &&
    (severity === undefined || severity.includes('All') || severity.includes(message.SeverityName))
  );
}
