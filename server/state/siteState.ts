import type { InheritedSettings, LinkReport, LinkState } from '../contract/generated/types.js';
import type { StoredAnchor } from '../criteria/anchors.js';
import type { ClearedCounts } from '../criteria/componentCounts.js';
import type { MaintenanceTaskName, TaskSetting } from '../criteria/retention.js';
import type { StatusRules } from '../criteria/statusRules.js';
import type { SummarizationSchedule } from '../criteria/summarization.js';
import type { AllSaid, ConditionAlerts } from '../criteria/alertRules.js';
import type { AlertState } from '../criteria/alertState.js';
import type { UpdateIdentity } from '../metadata/UpdateIdentity.js';
import type { NodeRole } from '../site/describeSite.js';
import type { SiteDatabase, SiteReads, UpdateSummary } from '../store/SiteDatabase.js';
import { SERVED_BY } from '../store/settingNames.js';
import type { ContentFile, SourceConfig } from '../upstream/Source.js';
import type { ComponentSettings } from './ComponentSettings.js';
import type { AlertSubscription } from './AlertSubscription.js';
import type { StoredServer } from './NotedServer.js';
import type { InheritedNotification, OwnNotification } from './NotificationSettings.js';
import type { SoftwareUpdatePoint } from './SoftwareUpdatePoint.js';

/** Why the next synchronization must be a full one, unless one has succeeded since (ms since 1970). */
export interface FullDue {
  readonly reason: string;
  readonly since: number;
}

/** How many updates a source is known to answer at once; one of another form is of a later version, and unknown. */
export interface KnownBatches {
  readonly form: 1;
  /** Which source it was, as `sourceKey` names it. */
  readonly source: string;
  readonly limit: number;
}

/** An import that was asked for, as it is stored while it is under way. */
export interface ImportOrder {
  /** Under which the package lies in the Transfer folder. */
  readonly requestId: string;
  /** Path of the file as it was named. */
  readonly path: string;
}

/** What is remembered of a package once it is imported. */
export interface ImportedPackage {
  /** ms since 1970 */
  readonly created: number;
  /** Highest revision of its server that this site has now; 0 for a package of wsusutil. */
  readonly reaches: number;
}

/** A request to synchronize. */
export type LinkRequest = NonNullable<LinkState['request']>;

/**
 * What a site asks of the nodes below it: its last successful synchronization. `lastFull` is the newest request after a
 * full one, 0 for none.
 */
export interface SiteRequest extends LinkRequest {
  readonly lastFull: number;
}

/** The settings that flow down, as last told. */
export interface PublishedSettings {
  readonly version: number;
  readonly settings: InheritedSettings;
}

/** That the parent is out of reach: since when this site has seen it so (ms since 1970 UTC), and why in words. */
export interface LostParent {
  readonly since: number;
  readonly reason: string;
}

/** Counts at a time in ms. */
export interface StoredSummary extends UpdateSummary {
  readonly time: number;
}

/** What an administrator said of the alert of the synchronization, as earlier versions have stored it. */
interface SyncAlertTexts {
  readonly name: string;
  readonly comments: string;
  /** 1 error, 2 warning, 3 informational. */
  readonly severity: number;
  readonly parameterValues: string;
  readonly modified: number;
}

/** What a parent keeps of a token it gave out. */
export interface StoredToken {
  /** SHA-256 of the secret, hexadecimal. */
  readonly hash: string;
  readonly role: NodeRole;
  /** ISO 8601 UTC */
  readonly expires: string;
}

/** What a site keeps of a token for its status page. */
export interface StoredStatusToken {
  /** The request that it was made with. */
  readonly id: string;
  readonly name: string;
  /** SHA-256 of the token, hexadecimal. */
  readonly hash: string;
  /** ISO 8601 UTC */
  readonly created: string;
  readonly expires: string;
}

/** The name that a value is stored under, with its type. */
export type NameOf<Value> = string & { readonly value?: Value };

function named<Value>(name: string): NameOf<Value> {
  return name;
}

/**
 * Everything that a site remembers between runs beside its rows, one line each: the name that it is stored under, which
 * never changes, and what it is.
 */
export const STATE = {
  component: named<Partial<ComponentSettings>>('component'),
  softwareUpdatePoints: named<readonly Partial<SoftwareUpdatePoint>[]>('softwareUpdatePoints'),
  /** Servers that somebody has noted as site systems. */
  siteSystemServers: named<readonly StoredServer[]>('siteSystemServers'),

  configAnchor: named<string>('anchor.config'),
  updatesAnchor: named<StoredAnchor>('anchor.updates'),
  sourceKey: named<string>('source.key'),
  /** Null: as many as the source says itself. */
  knownBatches: named<Partial<KnownBatches>>('source.batches'),
  languages: named<SourceConfig['languages']>('source.languages'),
  lastFull: named<number>('sync.lastFull'),
  /** Until a full synchronization has succeeded since. */
  fullDue: named<FullDue>('sync.fullDue'),
  nextRevision: named<number>('siteDatabase.nextRevision'),
  contentVersion: named<number>('contentVersion'),
  evaluatedSubscription: named<string>('siteDatabase.subscription'),
  evaluatedRules: named<string>('siteDatabase.rules'),
  /** Keys of the subscribed products and classifications that the software updates were evaluated with. */
  evaluatedCategories: named<string>('siteDatabase.categories'),
  /** True between the first software update that a run writes and its end: supersedence may be behind. */
  unresolved: named<boolean>('siteDatabase.unresolved'),
  /** Revision id up to which licence terms were looked for, in which languages, and those that could not be had yet. */
  licenseTermsFrom: named<number>('licenseTerms.from'),
  licenseTermsLanguages: named<string>('licenseTerms.languages'),
  licenseTermsPending: named<readonly ContentFile[]>('licenseTerms.pending'),
  /** Revisions that could not be fetched or read, asked for again in every run. */
  failedConfiguration: named<readonly UpdateIdentity[]>('failed.configuration'),
  failedUpdates: named<readonly UpdateIdentity[]>('failed.updates'),
  /** The first revision id of which it is not known yet whether everything that it names is stored. */
  closureFrom: named<number>('closure.from'),
  /** Ids of the selected categories that the upstream does not offer any more. */
  missingCategories: named<readonly string[]>('categories.missing'),
  /** The highest revision id with which the catalogue was whole: what is served to downstream servers. */
  servedChange: named<number>('served.change'),
  /** Which database a downstream server has its anchors of. */
  servedBy: named<string>(SERVED_BY),
  /** True from the beginning of a maintenance to its end: what was interrupted is taken up again. */
  maintenancePending: named<boolean>('maintenance.pending'),
  /** What was imported last, by the id of the catalogue that it is of. */
  importedPackages: named<Readonly<Record<string, ImportedPackage>>>('transfer.imported'),
  /** The import under way: a service goes on with it. */
  importPending: named<ImportOrder>('transfer.pending'),
  /** Subscription and rules that packages were imported with. */
  importedWith: named<string>('transfer.criteria'),

  /** When the schedule was set, and when a start was last refused (ms); that an occurrence was done the run tells. */
  scheduledSince: named<number>('schedule.since'),
  refusedAt: named<number>('schedule.refusedAt'),

  /** What of the parent's state this node has handled. */
  handled: named<LinkReport['handled']>('hierarchy.handled'),
  /** The request that the newest synchronization of this node was asked for by. */
  target: named<LinkRequest>('hierarchy.target'),
  request: named<SiteRequest>('hierarchy.request'),
  published: named<PublishedSettings>('hierarchy.settings'),
  /** Where several servers share the site: the request that each replica was given its turn for, by node. */
  granted: named<Readonly<Record<string, LinkRequest>>>('hierarchy.granted'),
  /** Ids of the joined nodes that have been made software update points: one that is removed does not come back. */
  knownPoints: named<readonly number[]>('hierarchy.points'),
  /** Why the parent has cut this site off, as the parent said it. */
  revoked: named<string>('hierarchy.revoked'),
  /** Forgotten once the parent is connected. */
  lost: named<LostParent>('hierarchy.lost'),
  joinTokens: named<readonly StoredToken[]>('joinTokens'),
  statusTokens: named<readonly StoredStatusToken[]>('statusTokens'),
  /** In any format (NodeRegistry). */
  linkAddresses: named<unknown>('linkAddresses'),

  summarizationSchedule: named<SummarizationSchedule>('summarization.schedule'),
  /** When the last automatic summarization was, in ms. */
  summarizedAt: named<number>('summarization.last'),
  summary: named<StoredSummary>('summarization.summary'),

  alert: named<AlertState>('alert.sync.state'),
  /** Alerts of conditions. What administrators said stands apart from it, so that neither overwrites the other. */
  conditionAlerts: named<Pick<ConditionAlerts, 'alerts' | 'made'> & { readonly form: number }>('alert.conditions'),
  alertSaid: named<AllSaid>('alert.said'),
  /** Of an earlier version: until something is said again. */
  alertTexts: named<SyncAlertTexts>('alert.sync.texts'),
  lastAlertId: named<number>('alert.lastId'),
  /** Who is told of alerts, and how. */
  subscriptions: named<readonly Partial<AlertSubscription>[]>('alert.subscriptions'),
  lastSubscriptionId: named<number>('alert.lastSubscriptionId'),
  notification: named<OwnNotification>('alert.notification'),
  /** The parent's, without its password. */
  inheritedNotification: named<InheritedNotification>('alert.inheritedNotification'),
  statusRules: named<Pick<StatusRules, 'rules'> & { readonly form: number }>('status.rules'),
  /** Id of the newest status message that the rules have seen. */
  ruledUpTo: named<number>('status.ruledUpTo'),
  /** From where on status messages are counted, by server and severity. */
  clearedCounts: named<ClearedCounts>('status.cleared'),
  maintenanceTasks: named<{ readonly [Name in MaintenanceTaskName]?: TaskSetting }>('maintenance.tasks'),
  /** When old rows were last removed, in ms. */
  tasksDone: named<number>('maintenance.tasksDone'),
  /** Of the synchronizations that ended before then (ms) some were removed. */
  runsRemovedBefore: named<number>('maintenance.runsRemovedBefore'),

  /** What others know the site by (confirmIdentity). */
  authorityIdentity: named<string>('identity.authority'),
  parentIdentity: named<string>('identity.parent'),
  packageKeyIdentity: named<string>('identity.packageKey'),
} as const;

type State = typeof STATE;
type ValueOf<Name> = Name extends NameOf<infer Value> ? Value : never;

/** Values to store; null forgets, undefined leaves what is there. */
export type StateChange = { readonly [Key in keyof State]?: ValueOf<State[Key]> | null | undefined };

/** Reads what is remembered; undefined for nothing. */
export async function readState<Value>(
  database: Pick<SiteReads, 'setting'>,
  name: NameOf<Value>,
): Promise<Value | undefined> {
  return ((await database.setting(name)) as Value | null | undefined) ?? undefined;
}

/** The part of a transaction that remembers. */
export function stateChange(change: StateChange): Readonly<Record<string, unknown>> {
  const given = Object.entries(change).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given.map(([key, value]) => [STATE[key as keyof State], value]));
}

/** Those that differ from what is stored. */
export async function changedState(
  database: Pick<SiteReads, 'setting'>,
  change: StateChange,
): Promise<Readonly<Record<string, unknown>>> {
  const changed: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(stateChange(change)))
    if (JSON.stringify(await database.setting(name)) !== JSON.stringify(value)) changed[name] = value;
  return changed;
}

/** Stores what differs; no transaction where nothing does. */
export async function storeState(database: SiteDatabase, change: StateChange): Promise<void> {
  const changed = await changedState(database, change);
  if (Object.keys(changed).length > 0) await database.commit({ settings: changed });
}
