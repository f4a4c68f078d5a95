import type { WholeContract } from './generated/types.js';

/**
 * The newest version of the contract that this code speaks. It is raised once a release that adds a method or a
 * parameter; each says below since which version it is there.
 */
export const contractVersion = 2;

/** Name of a schema: a key of `$defs` in a file of `schemas/`. */
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
  /** The engine loads its code when it is first asked for: every command waits for the start of its engine. */
  readonly isLoadedLate?: true;
  /** Changes names that parameters are completed with. */
  readonly renames?: true;
  /** Changes what the parent shows of this site: the parent is told. */
  readonly isReported?: true;
  /** Changes settings that sites below have from this one: they are told. */
  readonly flowsDown?: true;
  /** The relay carries the files of its package, to the engine or from it. */
  readonly carriesPackage?: true;
  /** Answered by the relay where damage keeps every engine from starting. */
  readonly isAnsweredOffline?: true;
  /** Waits, and changes nothing: over once nobody reads the answer any more. */
  readonly isWait?: true;
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
  hello: { requestSchema: 'hello.request', resultSchema: 'hello.result', ...link },
  authenticate: { requestSchema: 'authenticate.request', resultSchema: 'authenticate.result', ...link },
  'site/new': {
    requestSchema: 'site.new.request',
    resultSchema: 'Site',
    ...relayChange,
    isDoneOnce: true,
    parametersSince: { account: 2 },
  },
  'site/list': { requestSchema: 'site.list.request', resultSchema: 'site.list.result', ...relay },
  'site/connect': { requestSchema: 'site.connect.request', resultSchema: 'Site', ...relay },
  'schedule/decode': {
    requestSchema: 'schedule.decode.request',
    resultSchema: 'schedule.decode.result',
    ...relay,
  },
  'schedule/encode': {
    requestSchema: 'schedule.encode.request',
    resultSchema: 'schedule.encode.result',
    ...relay,
  },
  'service/describe': {
    requestSchema: 'service.describe.request',
    resultSchema: 'Service',
    ...relay,
    parametersSince: { addressShare: 2 },
  },
  'service/install': {
    requestSchema: 'service.install.request',
    resultSchema: 'Service',
    ...relayChange,
    parametersSince: { addressShare: 2 },
  },
  'service/control': {
    requestSchema: 'service.control.request',
    resultSchema: 'Service',
    ...relayChange,
  },
  'site/repairAccess': {
    requestSchema: 'site.repairAccess.request',
    resultSchema: 'SiteAccess',
    ...relayChange,
    since: 2,
  },
  'site/get': { requestSchema: 'site.get.request', resultSchema: 'Site', ...read },
  'component/get': { requestSchema: 'component.get.request', resultSchema: 'Component', ...read },
  'component/set': {
    requestSchema: 'component.set.request',
    resultSchema: 'component.set.result',
    ...change,
    parametersSince: { scheduleSpreadMinutes: 2 },
    flowsDown: true,
  },
  'sync/start': { requestSchema: 'sync.start.request', resultSchema: 'sync.start.result', ...change },
  'run/list': { requestSchema: 'run.list.request', resultSchema: 'run.list.result', ...read },
  'run/wait': { requestSchema: 'run.wait.request', resultSchema: 'run.wait.result', ...read, isWait: true },
  'run/stop': { requestSchema: 'run.stop.request', resultSchema: 'run.stop.result', ...change },
  'run/watch': { requestSchema: 'run.watch.request', resultSchema: 'run.watch.result', ...read },
  'maintenance/start': {
    requestSchema: 'maintenance.start.request',
    resultSchema: 'maintenance.start.result',
    ...change,
  },
  'status/get': { requestSchema: 'status.get.request', resultSchema: 'status.get.result', ...read },
  'health/get': {
    requestSchema: 'health.get.request',
    resultSchema: 'Health',
    ...read,
    since: 2,
    isLoadedLate: true,
  },
  'category/list': { requestSchema: 'category.list.request', resultSchema: 'category.list.result', ...read },
  'update/list': { requestSchema: 'update.list.request', resultSchema: 'update.list.result', ...read },
  'engine/handover': {
    requestSchema: 'engine.handover.request',
    resultSchema: 'engine.handover.result',
    ...repeatableChange,
  },
  'store/check': {
    requestSchema: 'store.check.request',
    resultSchema: 'store.check.result',
    ...read,
    isLoadedLate: true,
    isAnsweredOffline: true,
  },
  'store/repair': {
    requestSchema: 'store.repair.request',
    resultSchema: 'store.repair.result',
    ...change,
    parametersSince: { rebuild: 2 },
    isLoadedLate: true,
    isAnsweredOffline: true,
  },
  'update/set': { requestSchema: 'update.set.request', resultSchema: 'update.set.result', ...change },
  'sup/add': {
    requestSchema: 'sup.add.request',
    resultSchema: 'sup.set.result',
    ...change,
    renames: true,
    isReported: true,
  },
  'sup/list': { requestSchema: 'sup.list.request', resultSchema: 'sup.list.result', ...read },
  'sup/set': {
    requestSchema: 'sup.set.request',
    resultSchema: 'sup.set.result',
    ...change,
    renames: true,
    isReported: true,
  },
  'sup/remove': {
    requestSchema: 'sup.remove.request',
    resultSchema: 'sup.remove.result',
    ...change,
    renames: true,
    isReported: true,
  },
  'catalog/export': {
    requestSchema: 'catalog.export.request',
    resultSchema: 'catalog.export.result',
    ...change,
    isLoadedLate: true,
    carriesPackage: true,
  },
  'catalog/inspect': {
    requestSchema: 'catalog.inspect.request',
    resultSchema: 'catalog.inspect.result',
    ...read,
    isLoadedLate: true,
    carriesPackage: true,
  },
  'catalog/import': {
    requestSchema: 'catalog.import.request',
    resultSchema: 'catalog.import.result',
    ...change,
    isLoadedLate: true,
    carriesPackage: true,
    renames: true,
  },
  'engine/stop': {
    requestSchema: 'engine.stop.request',
    resultSchema: 'engine.stop.result',
    ...repeatableChange,
  },
  'message/list': { requestSchema: 'message.list.request', resultSchema: 'message.list.result', ...read },
  'alert/list': { requestSchema: 'alert.list.request', resultSchema: 'alert.list.result', ...read },
  'alert/set': {
    requestSchema: 'alert.set.request',
    resultSchema: 'alert.set.result',
    ...change,
    renames: true,
    isReported: true,
  },
  'source/test': { requestSchema: 'source.test.request', resultSchema: 'SourceTest', ...read, isLoadedLate: true },
  'run/changes': { requestSchema: 'run.changes.request', resultSchema: 'run.changes.result', ...read },
  'content/list': {
    requestSchema: 'content.list.request',
    resultSchema: 'content.list.result',
    ...read,
    isLoadedLate: true,
  },
  'summarization/get': {
    requestSchema: 'summarization.get.request',
    resultSchema: 'summarization.get.result',
    ...read,
  },
  'summarization/set': {
    requestSchema: 'summarization.set.request',
    resultSchema: 'summarization.get.result',
    ...change,
  },
  'summarization/run': {
    requestSchema: 'summarization.run.request',
    resultSchema: 'summarization.get.result',
    ...change,
  },
  'content/save': {
    requestSchema: 'content.save.request',
    resultSchema: 'content.save.result',
    ...change,
    isLoadedLate: true,
  },
  'site/joinToken': {
    requestSchema: 'site.joinToken.request',
    resultSchema: 'JoinToken',
    ...repeatableChange,
  },
  'site/revoke': { requestSchema: 'site.revoke.request', resultSchema: 'site.revoke.result', ...change },
  'site/updateKey': {
    requestSchema: 'site.updateKey.request',
    resultSchema: 'site.updateKey.result',
    ...change,
  },
  'site/certificate': {
    requestSchema: 'site.certificate.request',
    resultSchema: 'SiteCertificate',
    ...read,
    since: 2,
    isLoadedLate: true,
  },
  'site/backup': {
    requestSchema: 'site.backup.request',
    resultSchema: 'SiteBackup',
    ...relayChange,
    since: 2,
  },
  'site/restore': {
    requestSchema: 'site.restore.request',
    resultSchema: 'SiteRestore',
    ...relayChange,
    since: 2,
  },
  'backup/begin': {
    requestSchema: 'backup.begin.request',
    resultSchema: 'backup.begin.result',
    ...read,
    since: 2,
  },
  'backup/end': { requestSchema: 'backup.end.request', resultSchema: 'backup.end.result', ...read, since: 2 },
  'site/tree': { requestSchema: 'site.tree.request', resultSchema: 'site.tree.result', ...read },
} as const satisfies Record<string, MethodDescription>;

/** The notification that follows `run/watch`. */
export const RUN_PROGRESS = 'run/progress';

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

/** Their names. */
export const engineMethods = (Object.keys(methods) as MethodName[]).filter(isEngineMethod);

/** Methods that the relay answers itself. */
export type RelayMethod = {
  [M in MethodName]: (typeof methods)[M]['answeredBy'] extends 'relay' ? M : never;
}[MethodName];

/** Tells whether a text names a method of the contract. */
function isMethod(name: string): name is MethodName {
  return Object.hasOwn(methods, name);
}

/** Tells whether a text names a method that the engine answers. */
export function isEngineMethod(name: string): name is EngineMethod {
  return isMethod(name) && methods[name].answeredBy === 'engine';
}

/** Tells whether a text names a method that the relay answers itself. */
export function isRelayMethod(name: string): name is RelayMethod {
  return isMethod(name) && methods[name].answeredBy === 'relay';
}

/** What the table says of a method; undefined for what is none. */
export function describedMethod(name: string): MethodDescription | undefined {
  return isMethod(name) ? methods[name] : undefined;
}
