import { CHANGE, LATE_READ, type MethodDescription, RELAY, RELAY_CHANGE } from './MethodDescription.js';

/** The methods for a site whose database several servers share. */
export const SERVER_METHODS = {
  'site/attach': {
    requestSchema: 'site.attach.request',
    resultSchema: 'Site',
    ...RELAY_CHANGE,
    isDoneOnce: true,
    since: 2,
  },
  'site/setDatabaseAddress': {
    requestSchema: 'site.setDatabaseAddress.request',
    resultSchema: 'site.setDatabaseAddress.result',
    ...RELAY_CHANGE,
    since: 2,
  },
  'site/setDatabaseKey': {
    requestSchema: 'site.setDatabaseKey.request',
    resultSchema: 'site.setDatabaseKey.result',
    ...RELAY_CHANGE,
    since: 2,
  },
  'site/databaseKey': { requestSchema: 'site.databaseKey.request', resultSchema: 'DatabaseKey', ...RELAY, since: 2 },
  'database/key': { requestSchema: 'database.key.request', resultSchema: 'DatabaseKey', ...LATE_READ },
  'database/updateKey': {
    requestSchema: 'database.updateKey.request',
    resultSchema: 'database.updateKey.result',
    ...CHANGE,
    usesFiles: true,
    since: 2,
    isLoadedLate: true,
  },
  'server/list': { requestSchema: 'server.list.request', resultSchema: 'server.list.result', ...LATE_READ },
  'server/remove': {
    requestSchema: 'server.remove.request',
    resultSchema: 'SyncServer',
    ...CHANGE,
    since: 2,
    isLoadedLate: true,
  },
} as const satisfies Record<string, MethodDescription>;
