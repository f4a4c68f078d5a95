import { ALERT_METHODS } from './alertMethods.js';
import { CHANGE, LATE_READ, type MethodDescription, READ, RELAY, RELAY_CHANGE } from './MethodDescription.js';
import type { WholeContract } from './generated/types.js';
import { NOTIFICATION_METHODS } from './notificationMethods.js';
import { SERVER_METHODS } from './serverMethods.js';

/**
 * The newest version of the contract that this code speaks. It is raised once a release that adds a method or a
 * parameter; each says below since which version it is there.
 */
export const CONTRACT_VERSION = 2;

const REPEATABLE_CHANGE = { changesState: true, isDoneOnce: false, answeredBy: 'engine' } as const;
const LINK = { changesState: false, isDoneOnce: false, answeredBy: 'link' } as const;

/** Every method of the contract; its types follow from its schemas. */
export const METHODS = {
  hello: { requestSchema: 'hello.request', resultSchema: 'hello.result', ...LINK },
  authenticate: { requestSchema: 'authenticate.request', resultSchema: 'authenticate.result', ...LINK },
  'site/new': {
    requestSchema: 'site.new.request',
    resultSchema: 'Site',
    ...RELAY_CHANGE,
    isDoneOnce: true,
    parametersSince: { account: 2, database: 2, databaseAddress: 2 },
  },
  'site/list': { requestSchema: 'site.list.request', resultSchema: 'site.list.result', ...RELAY },
  'site/connect': { requestSchema: 'site.connect.request', resultSchema: 'Site', ...RELAY },
  'schedule/decode': {
    requestSchema: 'schedule.decode.request',
    resultSchema: 'schedule.decode.result',
    ...RELAY,
  },
  'schedule/encode': {
    requestSchema: 'schedule.encode.request',
    resultSchema: 'schedule.encode.result',
    ...RELAY,
  },
  'service/describe': {
    requestSchema: 'service.describe.request',
    resultSchema: 'Service',
    ...RELAY,
    parametersSince: { addressShare: 2 },
  },
  'service/install': {
    requestSchema: 'service.install.request',
    resultSchema: 'Service',
    ...RELAY_CHANGE,
    parametersSince: { addressShare: 2 },
  },
  'service/control': { requestSchema: 'service.control.request', resultSchema: 'Service', ...RELAY_CHANGE },
  'site/repairAccess': {
    requestSchema: 'site.repairAccess.request',
    resultSchema: 'SiteAccess',
    ...RELAY_CHANGE,
    since: 2,
  },
  'site/move': { requestSchema: 'site.move.request', resultSchema: 'SiteMove', ...RELAY_CHANGE, since: 2 },
  'site/removeOldDatabase': {
    requestSchema: 'site.removeOldDatabase.request',
    resultSchema: 'OldDatabase',
    ...RELAY_CHANGE,
    since: 2,
  },
  ...SERVER_METHODS,
  'site/get': { requestSchema: 'site.get.request', resultSchema: 'Site', ...READ },
  'component/get': { requestSchema: 'component.get.request', resultSchema: 'Component', ...READ },
  'component/set': {
    requestSchema: 'component.set.request',
    resultSchema: 'component.set.result',
    ...CHANGE,
    parametersSince: { scheduleSpreadMinutes: 2 },
    flowsDown: true,
    renames: true,
  },
  'sync/start': { requestSchema: 'sync.start.request', resultSchema: 'sync.start.result', ...CHANGE },
  'run/list': {
    requestSchema: 'run.list.request',
    resultSchema: 'run.list.result',
    ...READ,
    parametersSince: { before: 2 },
  },
  'run/wait': { requestSchema: 'run.wait.request', resultSchema: 'run.wait.result', ...READ, isWait: true },
  'run/stop': { requestSchema: 'run.stop.request', resultSchema: 'run.stop.result', ...CHANGE },
  'run/watch': { requestSchema: 'run.watch.request', resultSchema: 'run.watch.result', ...READ },
  'maintenance/start': {
    requestSchema: 'maintenance.start.request',
    resultSchema: 'maintenance.start.result',
    ...CHANGE,
  },
  'status/get': { requestSchema: 'status.get.request', resultSchema: 'status.get.result', ...READ },
  'health/get': { requestSchema: 'health.get.request', resultSchema: 'Health', ...LATE_READ },
  'report/get': { requestSchema: 'report.get.request', resultSchema: 'report.get.result', ...LATE_READ },
  'category/list': {
    requestSchema: 'category.list.request',
    resultSchema: 'category.list.result',
    ...READ,
    parametersSince: { withCounts: 2 },
  },
  'update/list': {
    requestSchema: 'update.list.request',
    resultSchema: 'update.list.result',
    ...READ,
    parametersSince: { ids: 2, uniqueIds: 2, product: 2, classification: 2, orderBy: 2, descending: 2 },
  },
  'engine/handover': {
    requestSchema: 'engine.handover.request',
    resultSchema: 'engine.handover.result',
    ...REPEATABLE_CHANGE,
    isOfTheServer: true,
  },
  'store/check': {
    requestSchema: 'store.check.request',
    resultSchema: 'store.check.result',
    ...READ,
    isLoadedLate: true,
    isAnsweredOffline: true,
  },
  'store/repair': {
    requestSchema: 'store.repair.request',
    resultSchema: 'store.repair.result',
    ...CHANGE,
    parametersSince: { rebuild: 2 },
    isReported: true,
    isLoadedLate: true,
    isAnsweredOffline: true,
  },
  'update/set': { requestSchema: 'update.set.request', resultSchema: 'update.set.result', ...CHANGE },
  'sup/add': {
    requestSchema: 'sup.add.request',
    resultSchema: 'sup.set.result',
    ...CHANGE,
    renames: true,
    isReported: true,
  },
  'sup/list': { requestSchema: 'sup.list.request', resultSchema: 'sup.list.result', ...READ },
  'sup/set': {
    requestSchema: 'sup.set.request',
    resultSchema: 'sup.set.result',
    ...CHANGE,
    renames: true,
    isReported: true,
  },
  'sup/remove': {
    requestSchema: 'sup.remove.request',
    resultSchema: 'sup.remove.result',
    ...CHANGE,
    renames: true,
    isReported: true,
  },
  'siteSystem/add': {
    requestSchema: 'siteSystem.add.request',
    resultSchema: 'siteSystem.set.result',
    ...CHANGE,
    since: 2,
  },
  'siteSystem/set': {
    requestSchema: 'siteSystem.set.request',
    resultSchema: 'siteSystem.set.result',
    ...CHANGE,
    since: 2,
  },
  'catalog/export': {
    requestSchema: 'catalog.export.request',
    resultSchema: 'catalog.export.result',
    ...CHANGE,
    isLoadedLate: true,
    carriesPackage: true,
  },
  'catalog/inspect': {
    requestSchema: 'catalog.inspect.request',
    resultSchema: 'catalog.inspect.result',
    ...READ,
    isLoadedLate: true,
    carriesPackage: true,
  },
  'catalog/import': {
    requestSchema: 'catalog.import.request',
    resultSchema: 'catalog.import.result',
    ...CHANGE,
    isLoadedLate: true,
    carriesPackage: true,
    renames: true,
  },
  'engine/stop': {
    requestSchema: 'engine.stop.request',
    resultSchema: 'engine.stop.result',
    ...REPEATABLE_CHANGE,
    isOfTheServer: true,
  },
  ...ALERT_METHODS,
  ...NOTIFICATION_METHODS,
  'source/test': { requestSchema: 'source.test.request', resultSchema: 'SourceTest', ...READ, isLoadedLate: true },
  'run/changes': {
    requestSchema: 'run.changes.request',
    resultSchema: 'run.changes.result',
    ...READ,
    parametersSince: { product: 2, severity: 2 },
  },
  'content/list': {
    requestSchema: 'content.list.request',
    resultSchema: 'content.list.result',
    ...READ,
    isLoadedLate: true,
  },
  'summarization/get': {
    requestSchema: 'summarization.get.request',
    resultSchema: 'summarization.get.result',
    ...READ,
  },
  'summarization/set': {
    requestSchema: 'summarization.set.request',
    resultSchema: 'summarization.get.result',
    ...CHANGE,
  },
  'summarization/run': {
    requestSchema: 'summarization.run.request',
    resultSchema: 'summarization.get.result',
    ...CHANGE,
  },
  'content/save': {
    requestSchema: 'content.save.request',
    resultSchema: 'content.save.result',
    ...CHANGE,
    usesFiles: true,
    isLoadedLate: true,
  },
  'site/joinToken': {
    requestSchema: 'site.joinToken.request',
    resultSchema: 'JoinToken',
    ...REPEATABLE_CHANGE,
  },
  'site/revoke': {
    requestSchema: 'site.revoke.request',
    resultSchema: 'site.revoke.result',
    ...CHANGE,
    parametersSince: { whatIf: 2 },
  },
  'site/updateKey': { requestSchema: 'site.updateKey.request', resultSchema: 'site.updateKey.result', ...CHANGE },
  'site/certificate': { requestSchema: 'site.certificate.request', resultSchema: 'SiteCertificate', ...LATE_READ },
  'site/backup': {
    requestSchema: 'site.backup.request',
    resultSchema: 'SiteBackup',
    ...RELAY_CHANGE,
    since: 2,
  },
  'site/restore': {
    requestSchema: 'site.restore.request',
    resultSchema: 'SiteRestore',
    ...RELAY_CHANGE,
    since: 2,
  },
  'backup/begin': {
    requestSchema: 'backup.begin.request',
    resultSchema: 'backup.begin.result',
    ...READ,
    since: 2,
  },
  'backup/end': { requestSchema: 'backup.end.request', resultSchema: 'backup.end.result', ...READ, since: 2 },
  'statusToken/new': {
    requestSchema: 'statusToken.new.request',
    resultSchema: 'NewStatusToken',
    ...REPEATABLE_CHANGE,
    since: 2,
  },
  'statusToken/list': {
    requestSchema: 'statusToken.list.request',
    resultSchema: 'statusToken.list.result',
    ...READ,
    since: 2,
  },
  'statusToken/remove': {
    requestSchema: 'statusToken.remove.request',
    resultSchema: 'StatusToken',
    ...CHANGE,
    since: 2,
  },
  'site/tree': { requestSchema: 'site.tree.request', resultSchema: 'site.tree.result', ...READ },
} as const satisfies Record<string, MethodDescription>;

/** The notification that follows `run/watch`. */
export const RUN_PROGRESS = 'run/progress';

/** Name of a method. */
export type MethodName = keyof typeof METHODS;

/** Parameters of a method. */
export type RequestOf<M extends MethodName> = Required<WholeContract>[(typeof METHODS)[M]['requestSchema']];

/** Result of a method. */
export type ResultOf<M extends MethodName> = Required<WholeContract>[(typeof METHODS)[M]['resultSchema']];

/** Methods that the engine of a site answers. */
export type EngineMethod = {
  [M in MethodName]: (typeof METHODS)[M]['answeredBy'] extends 'engine' ? M : never;
}[MethodName];

/** Their names. */
export const engineMethods = (Object.keys(METHODS) as MethodName[]).filter(isEngineMethod);

/** Methods that the relay answers itself. */
export type RelayMethod = {
  [M in MethodName]: (typeof METHODS)[M]['answeredBy'] extends 'relay' ? M : never;
}[MethodName];

/** Tells whether a text names a method of the contract. */
function isMethod(name: string): name is MethodName {
  return Object.hasOwn(METHODS, name);
}

/** Tells whether a text names a method that the engine answers. */
export function isEngineMethod(name: string): name is EngineMethod {
  return isMethod(name) && METHODS[name].answeredBy === 'engine';
}

/** Tells whether a text names a method that the relay answers itself. */
export function isRelayMethod(name: string): name is RelayMethod {
  return isMethod(name) && METHODS[name].answeredBy === 'relay';
}

/** What the table says of a method; undefined for what is none. */
export function describedMethod(name: string): MethodDescription | undefined {
  return isMethod(name) ? METHODS[name] : undefined;
}
