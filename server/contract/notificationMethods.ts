import { CHANGE, type MethodDescription, READ } from './MethodDescription.js';

/** The methods of who is told of alerts, and how. */
export const NOTIFICATION_METHODS = {
  'subscription/list': {
    requestSchema: 'subscription.list.request',
    resultSchema: 'subscription.list.result',
    ...READ,
    since: 2,
    isLoadedLate: true,
  },
  'subscription/add': {
    requestSchema: 'subscription.add.request',
    resultSchema: 'subscription.set.result',
    ...CHANGE,
    since: 2,
    isLoadedLate: true,
  },
  'subscription/set': {
    requestSchema: 'subscription.set.request',
    resultSchema: 'subscription.set.result',
    ...CHANGE,
    since: 2,
    isLoadedLate: true,
  },
  'subscription/remove': {
    requestSchema: 'subscription.remove.request',
    resultSchema: 'subscription.remove.result',
    ...CHANGE,
    since: 2,
    isLoadedLate: true,
  },
  'subscription/test': {
    requestSchema: 'subscription.test.request',
    resultSchema: 'subscription.test.result',
    ...READ,
    since: 2,
    isLoadedLate: true,
  },
  'notification/get': {
    requestSchema: 'notification.get.request',
    resultSchema: 'Notification',
    ...READ,
    since: 2,
    isLoadedLate: true,
  },
  'notification/set': {
    requestSchema: 'notification.set.request',
    resultSchema: 'notification.set.result',
    ...CHANGE,
    flowsDown: true,
    since: 2,
    isLoadedLate: true,
  },
} as const satisfies Record<string, MethodDescription>;
