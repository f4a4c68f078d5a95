import type { StatusMessage } from '../../contract/generated/types.js';
import { severityOf, syncStateName, type StatusMessage as Reported } from '../../status/statusMessage.js';

/** A status message as RunRecorder stores it. */
export type StoredStatusMessage = Omit<Reported, 'time'> & { readonly time: string };

const MILESTONE = 256;
const SEVERITY = { E: [0xc000_0000, 'Error'], W: [0x8000_0000, 'Warning'], I: [0x4000_0000, 'Information'] } as const;

/** SMS_StatusMessage (configmgr.md section 2.7) of a stored message, then ours. */
export function toStatusMessage(id: number, stored: StoredStatusMessage, siteCode: string): StatusMessage {
  const [severity, severityName] = SEVERITY[severityOf(stored.messageId)];
  return {
    RecordID: id,
    Component: 'SMS_WSUS_SYNC_MANAGER',
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
    MessageText: syncStateName(stored.messageId),
    InsertionStrings: [...stored.insertions],
  };
}
