import type { WholeContract } from './generated/types.js';

/**
 * The newest version of the contract that this code speaks. It is raised once a release that adds a method or a
 * parameter; each says below since which version it is there.
 */
export const contractVersion = 2;

/** Name of a schema file below `schemas/`. */
export type SchemaName = keyof WholeContract;

/**
 * What is fixed about a method; who answers it: the relay itself, the engine, or the two ends of a connection among
 * themselves (`link`).
 */
export interface MethodDescription {
  readonly requestSchema: SchemaName;
  readonly resultSchema: SchemaName;
  readonly changesState: boolean;
  /**
   * A change that is sent again with its requestId gets the stored answer. Where a change is done again the description
   * of its requestId says why.
   */
  readonly isDoneOnce: boolean;
  readonly answeredBy: 'relay' | 'engine' | 'link';
  /** The version of the contract that brought the method; 1 where it does not say. */
  readonly since?: number;
  /** The parameters that came later than their method, with their versions. */
  readonly parametersSince?: Readonly<Record<string, number>>;
}

const read = { changesState: false, isDoneOnce: false, answeredBy: 'engine' } as const;
const change = { changesState: true, isDoneOnce: true, answeredBy: 'engine' } as const;
const repeatableChange = { changesState: true, isDoneOnce: false, answeredBy: 'engine' } as const;
const link = { changesState: false, isDoneOnce: false, answeredBy: 'link' } as const;
const relay = { changesState: false, isDoneOnce: false, answeredBy: 'relay' } as const;
const relayChange = { changesState: true, isDoneOnce: false, answeredBy: 'relay' } as const;

/** Every method of the contract; its types follow from its schemas. */
export const methods = {
  hello: { requestSchema: 'hello.request.json', resultSchema: 'hello.result.json', ...link },
  authenticate: { requestSchema: 'authenticate.request.json', resultSchema: 'authenticate.result.json', ...link },
  'site/new': {
    requestSchema: 'site.new.request.json',
    resultSchema: 'objects/Site.json',
    ...relayChange,
    isDoneOnce: true,
    parametersSince: { account: 2 },
  },
  'site/list': { requestSchema: 'site.list.request.json', resultSchema: 'site.list.result.json', ...relay },
  'site/connect': { requestSchema: 'site.connect.request.json', resultSchema: 'objects/Site.json', ...relay },
  'schedule/decode': {
    requestSchema: 'schedule.decode.request.json',
    resultSchema: 'schedule.decode.result.json',
    ...relay,
  },
  'schedule/encode': {
    requestSchema: 'schedule.encode.request.json',
    resultSchema: 'schedule.encode.result.json',
    ...relay,
  },
  'service/describe': {
    requestSchema: 'service.describe.request.json',
    resultSchema: 'objects/Service.json',
    ...relay,
    parametersSince: { addressShare: 2 },
  },
  'service/install': {
    requestSchema: 'service.install.request.json',
    resultSchema: 'objects/Service.json',
    ...relayChange,
    parametersSince: { addressShare: 2 },
  },
  'service/control': {
    requestSchema: 'service.control.request.json',
    resultSchema: 'objects/Service.json',
    ...relayChange,
  },
  'site/repairAccess': {
    requestSchema: 'site.repairAccess.request.json',
    resultSchema: 'objects/SiteAccess.json',
    ...relayChange,
    since: 2,
  },
  'site/get': { requestSchema: 'site.get.request.json', resultSchema: 'objects/Site.json', ...read },
  'component/get': { requestSchema: 'component.get.request.json', resultSchema: 'objects/Component.json', ...read },
  'component/set': {
    requestSchema: 'component.set.request.json',
    resultSchema: 'component.set.result.json',
    ...change,
  },
  'sync/start': { requestSchema: 'sync.start.request.json', resultSchema: 'sync.start.result.json', ...change },
  'run/list': { requestSchema: 'run.list.request.json', resultSchema: 'run.list.result.json', ...read },
  'run/wait': { requestSchema: 'run.wait.request.json', resultSchema: 'run.wait.result.json', ...read },
  'run/stop': { requestSchema: 'run.stop.request.json', resultSchema: 'run.stop.result.json', ...change },
  'run/watch': { requestSchema: 'run.watch.request.json', resultSchema: 'run.watch.result.json', ...read },
  'maintenance/start': {
    requestSchema: 'maintenance.start.request.json',
    resultSchema: 'maintenance.start.result.json',
    ...change,
  },
  'status/get': { requestSchema: 'status.get.request.json', resultSchema: 'status.get.result.json', ...read },
  'health/get': {
    requestSchema: 'health.get.request.json',
    resultSchema: 'objects/Health.json',
    ...read,
    since: 2,
  },
  'category/list': { requestSchema: 'category.list.request.json', resultSchema: 'category.list.result.json', ...read },
  'update/list': { requestSchema: 'update.list.request.json', resultSchema: 'update.list.result.json', ...read },
  'engine/handover': {
    requestSchema: 'engine.handover.request.json',
    resultSchema: 'engine.handover.result.json',
    ...repeatableChange,
  },
  'store/check': { requestSchema: 'store.check.request.json', resultSchema: 'store.check.result.json', ...read },
  'store/repair': {
    requestSchema: 'store.repair.request.json',
    resultSchema: 'store.repair.result.json',
    ...change,
    parametersSince: { rebuild: 2 },
  },
  'update/set': { requestSchema: 'update.set.request.json', resultSchema: 'update.set.result.json', ...change },
  'sup/add': { requestSchema: 'sup.add.request.json', resultSchema: 'sup.set.result.json', ...change },
  'sup/list': { requestSchema: 'sup.list.request.json', resultSchema: 'sup.list.result.json', ...read },
  'sup/set': { requestSchema: 'sup.set.request.json', resultSchema: 'sup.set.result.json', ...change },
  'sup/remove': { requestSchema: 'sup.remove.request.json', resultSchema: 'sup.remove.result.json', ...change },
  'catalog/export': {
    requestSchema: 'catalog.export.request.json',
    resultSchema: 'catalog.export.result.json',
    ...change,
  },
  'catalog/inspect': {
    requestSchema: 'catalog.inspect.request.json',
    resultSchema: 'catalog.inspect.result.json',
    ...read,
  },
  'catalog/import': {
    requestSchema: 'catalog.import.request.json',
    resultSchema: 'catalog.import.result.json',
    ...change,
  },
  'engine/stop': {
    requestSchema: 'engine.stop.request.json',
    resultSchema: 'engine.stop.result.json',
    ...repeatableChange,
  },
  'message/list': { requestSchema: 'message.list.request.json', resultSchema: 'message.list.result.json', ...read },
  'alert/list': { requestSchema: 'alert.list.request.json', resultSchema: 'alert.list.result.json', ...read },
  'alert/set': { requestSchema: 'alert.set.request.json', resultSchema: 'alert.set.result.json', ...change },
  'source/test': { requestSchema: 'source.test.request.json', resultSchema: 'objects/SourceTest.json', ...read },
  'run/changes': { requestSchema: 'run.changes.request.json', resultSchema: 'run.changes.result.json', ...read },
  'content/list': { requestSchema: 'content.list.request.json', resultSchema: 'content.list.result.json', ...read },
  'summarization/get': {
    requestSchema: 'summarization.get.request.json',
    resultSchema: 'summarization.get.result.json',
    ...read,
  },
  'summarization/set': {
    requestSchema: 'summarization.set.request.json',
    resultSchema: 'summarization.get.result.json',
    ...change,
  },
  'summarization/run': {
    requestSchema: 'summarization.run.request.json',
    resultSchema: 'summarization.get.result.json',
    ...change,
  },
  'content/save': { requestSchema: 'content.save.request.json', resultSchema: 'content.save.result.json', ...change },
  'site/joinToken': {
    requestSchema: 'site.joinToken.request.json',
    resultSchema: 'objects/JoinToken.json',
    ...repeatableChange,
  },
  'site/revoke': { requestSchema: 'site.revoke.request.json', resultSchema: 'site.revoke.result.json', ...change },
  'site/updateKey': {
    requestSchema: 'site.updateKey.request.json',
    resultSchema: 'site.updateKey.result.json',
    ...change,
  },
  'site/backup': {
    requestSchema: 'site.backup.request.json',
    resultSchema: 'objects/SiteBackup.json',
    ...relayChange,
    since: 2,
  },
  'site/restore': {
    requestSchema: 'site.restore.request.json',
    resultSchema: 'objects/SiteRestore.json',
    ...relayChange,
    since: 2,
  },
  'backup/begin': {
    requestSchema: 'backup.begin.request.json',
    resultSchema: 'backup.begin.result.json',
    ...read,
    since: 2,
  },
  'backup/end': { requestSchema: 'backup.end.request.json', resultSchema: 'backup.end.result.json', ...read, since: 2 },
  'site/tree': { requestSchema: 'site.tree.request.json', resultSchema: 'site.tree.result.json', ...read },
} as const satisfies Record<string, MethodDescription>;

/** The notification that follows `run/watch`. */
export const runProgress = 'run/progress';

/** Name of a method. */
export type MethodName = keyof typeof methods;

/** Parameters of a method. */
export type RequestOf<M extends MethodName> = Required<WholeContract>[(typeof methods)[M]['requestSchema']];

/** Result of a method. */
export type ResultOf<M extends MethodName> = Required<WholeContract>[(typeof methods)[M]['resultSchema']];

/** Methods that the engine of a site answers. */
export type EngineMethod = {
  [M in MethodName]: (typeof methods)[M]['answeredBy'] extends 'engine' ? M : never;
}[MethodName];

/** Tells whether a text names a method of the contract. */
export function isMethod(name: string): name is MethodName {
  return Object.hasOwn(methods, name);
}

/** Tells whether a text names a method that the engine answers. */
export function isEngineMethod(name: string): name is EngineMethod {
  return isMethod(name) && methods[name].answeredBy === 'engine';
}
