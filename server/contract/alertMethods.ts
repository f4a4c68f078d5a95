import { CHANGE, type MethodDescription, READ } from './MethodDescription.js';

/** The methods for status messages and alerts. */
export const ALERT_METHODS = {
  'message/list': { requestSchema: 'message.list.request', resultSchema: 'message.list.result', ...READ },
  'alert/list': { requestSchema: 'alert.list.request', resultSchema: 'alert.list.result', ...READ },
  'alert/set': {
    requestSchema: 'alert.set.request',
    resultSchema: 'alert.set.result',
    ...CHANGE,
    parametersSince: { limit: 2 },
    renames: true,
    isReported: true,
  },
  'alert/switch': {
    requestSchema: 'alert.switch.request',
    resultSchema: 'alert.switch.result',
    ...CHANGE,
    since: 2,
    isReported: true,
  },
  'alert/remove': {
    requestSchema: 'alert.remove.request',
    resultSchema: 'alert.remove.result',
    ...CHANGE,
    since: 2,
    renames: true,
    isReported: true,
    flowsDown: true,
  },
  'statusRule/list': {
    requestSchema: 'statusRule.list.request',
    resultSchema: 'statusRule.list.result',
    ...READ,
    since: 2,
    isLoadedLate: true,
  },
  'statusRule/set': {
    requestSchema: 'statusRule.set.request',
    resultSchema: 'statusRule.set.result',
    ...CHANGE,
    since: 2,
    isLoadedLate: true,
  },
  'statusRule/remove': {
    requestSchema: 'statusRule.remove.request',
    resultSchema: 'statusRule.remove.result',
    ...CHANGE,
    since: 2,
    isLoadedLate: true,
  },
} as const satisfies Record<string, MethodDescription>;
