import type { AlertMessage } from '../../server/notify/AlertMessage.js';
import type { AlertEvent } from '../../server/criteria/AlertEvent.js';

export function sampleAlert(alertId: number, more: Partial<AlertEvent> = {}): AlertEvent {
  return {
    alertId,
    kind: 'SyncFailure',
    siteCode: 'CS1',
    severity: 1,
    name: `Alert ${alertId}`,
    cause: 'UpstreamUnreachable: The upstream cannot be reached.',
    nextStep: 'Look at the network.',
    at: Date.UTC(2026, 10, 30, 12),
    state: 'Raised',
    ...more,
  };
}

export function sampleMessage(alerts: readonly AlertEvent[], more: Partial<AlertMessage> = {}): AlertMessage {
  return {
    siteCode: 'CS1',
    serverName: 'cs1.test',
    key: '0123456789abcdef0123456789abcdef',
    alerts,
    count: alerts.length,
    isTest: false,
    ...more,
  };
}
