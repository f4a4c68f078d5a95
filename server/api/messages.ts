import type { MessageListRequest, MessageListResult, StatusMessage } from '../contract/generated/types.js';
import { namePattern } from '../criteria/names.js';
import type { SiteContext } from '../state/SiteContext.js';
import { severityOf, type StatusMessage as Reported, syncStateName } from '../status/statusMessage.js';

/** A status message as RunRecorder stores it. */
export type StoredStatusMessage = Omit<Reported, 'time'> & { readonly time: string };

/** What reports all messages here. */
export const COMPONENT = 'SMS_WSUS_SYNC_MANAGER';

const MILESTONE = 256;
const SEVERITY = { E: [0xc000_0000, 'Error'], W: [0x8000_0000, 'Warning'], I: [0x4000_0000, 'Information'] } as const;

/** SMS_StatusMessage (configmgr.md section 2.7) of a stored message, then ours. */
function toStatusMessage(id: number, stored: StoredStatusMessage, siteCode: string): StatusMessage {
  const [severity, severityName] = SEVERITY[severityOf(stored.messageId)];
  return {
    RecordID: id,
    Component: COMPONENT,
    MachineName: stored.serverName,
    MessageID: stored.messageId,
    MessageType: MILESTONE,
    ModuleName: 'SMS Server',
    Severity: severity,
    SiteCode: stored.siteCode,
    TopLevelSiteCode: siteCode,
    Time: stored.time,
    ProcessID: stored.processId,
    ThreadID: stored.processId,
    Win32Error: stored.lastError,
    PerClient: 0,
    ReportFunction: 0,
    Transaction: 0,
    SuccessfulTransaction: 0,
    SeverityName: severityName,
    MessageText: textOf(stored),
    InsertionStrings: [...stored.insertions],
  };
}

/** A failure is nothing without its reason. */
function textOf({ messageId, insertions }: StoredStatusMessage): string {
  const [, reason = ''] = insertions;
  return reason === '' ? syncStateName(messageId) : `${syncStateName(messageId)}: ${reason}`;
}

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
