import type { UpdateIdentity } from '../../metadata/UpdateIdentity.js';
import { isTurnDue, turn } from '../../platform/inTurns.js';
import type { DeliveryReads } from '../Deliveries.js';
import type { ExportReads } from '../ExportReads.js';
import type { MaintenanceReads } from '../MaintenanceReads.js';
import type { ServingReads } from '../ServingReads.js';
import type { SiteReads } from '../SiteDatabase.js';
import type { Identities } from './Identities.js';
import type { Sql, SqlSteps } from './Sql.js';
import { categoryDocuments, highestRevision } from './catalogueQueries.js';
import { missingBundled, outdatedRevisions, unknownPrerequisites } from './closureQueries.js';
import * as deliveries from './deliveryQueries.js';
import * as evaluation from './evaluationQueries.js';
import * as exporting from './exportQueries.js';
import * as inspection from './inspectionQueries.js';
import * as maintenance from './maintenanceQueries.js';
import { runChanges, updateSummary, updateTitles } from './runChangeQueries.js';
import * as serving from './servingQueries.js';
import * as site from './siteQueries.js';
import { lastTableRow, tableCounts, tableRows } from './tables.js';
import { categoryCounts, newestArticles, queryUpdates, relatedIds } from './updateQueries.js';

/** Tells readers when a transaction is being written in pieces: what they would see then may never be committed. */
export interface WriteGate {
  readonly isWriting: boolean;
  /** Fulfilled at the end of the transaction; another one may have begun by then. */
  written(): Promise<void>;
}

/** Nothing is ever written, or nobody sees what is. */
const NO_WRITER: WriteGate = { isWriting: false, written: async () => Promise.resolve() };

/**
 * The reading half of a site database: an engine in memory answers at once, a long answer comes in steps between which
 * others have their turn. While a transaction is being written none goes on.
 */
export function createQueries(sql: Sql, identities: Identities, gate: WriteGate = NO_WRITER): SiteReads {
  const read = reader(sql, gate);
  return {
    ...siteReads(read),
    ...catalogueReads(read, identities),
    ...evaluationReads(read),
    ...updateReads(read),
    ...inspectionReads(read),
    ...maintenanceReads(read),
    ...servingReads(read, identities),
    ...exportReads(read),
    ...deliveryReads(read),
  };
}

/** Makes a query a method of the asynchronous interface. */
type Read = <Arguments extends readonly unknown[], Result>(
  query: (sql: Sql, ...parameters: Arguments) => SqlSteps<Result>,
) => (...parameters: Arguments) => Promise<Result>;

function reader(sql: Sql, gate: WriteGate): Read {
  return (query) =>
    async (...parameters) => {
      const steps = query(sql, ...parameters);
      for (;;) {
        while (gate.isWriting) await gate.written();
        const { done, value } = steps.next();
        if (done === true) return value;
        if (value !== undefined) await value;
        else if (isTurnDue()) await turn();
      }
    };
}

function siteReads(read: Read) {
  return {
    setting: read(site.setting),
    requestResult: read(site.requestResult),
    counts: read(site.counts),
    nextIds: read(site.nextIds),
    categories: read(site.categories),
    softwareUpdatesByUpdate: read(site.softwareUpdatesByUpdate),
    allSoftwareUpdates: read(site.allSoftwareUpdates),
    expiredSince: read(site.expiredSince),
    licensedRevisions: read(site.licensedRevisions),
    documentLocation: read(site.documentLocation),
    runs: read(site.runs),
    statuses: read(site.statuses),
    linkNodes: read(site.linkNodes),
    messages: read(site.messages),
    tableRows: read(tableRows),
    lastTableRow: read(lastTableRow),
    tableCounts: read(tableCounts),
  };
}

/** What a synchronization compares the upstream with. */
function catalogueReads(read: Read, identities: Identities) {
  return {
    missingRevisions: read((_sql, wanted: readonly UpdateIdentity[], needed?: boolean) =>
      identities.missingRevisions(wanted, needed),
    ),
    updateKeys: read((_sql, updateIds: readonly string[]) => identities.findAll(updateIds)),
    missingBundled: read(missingBundled),
    unknownPrerequisites: read(unknownPrerequisites),
    outdatedRevisions: read((sql, wanted: readonly UpdateIdentity[]) => outdatedRevisions(sql, identities, wanted)),
    categoryDocuments: read(categoryDocuments),
  };
}

function evaluationReads(read: Read) {
  return {
    latestRevisions: read(evaluation.latestRevisions),
    candidates: read(evaluation.candidates),
    changedUpdates: read(evaluation.changedUpdates),
    namedUpdates: read(evaluation.namedUpdates),
    bundlesOf: read(evaluation.bundlesOf),
    holdings: read(evaluation.holdings),
    supersedence: read(evaluation.supersedence),
    supersededUpdates: read(evaluation.supersededUpdates),
    names: read(evaluation.names),
  };
}

/** What commands show of software updates. */
function updateReads(read: Read) {
  return {
    updates: read(queryUpdates),
    newestArticles: read(newestArticles),
    relatedIds: read(relatedIds),
    categoryCounts: read(categoryCounts),
    runChanges: read(runChanges),
    updateTitles: read(updateTitles),
    updateSummary: read(updateSummary),
  };
}

function inspectionReads(read: Read) {
  return {
    storedDocuments: read(inspection.storedDocuments),
    segmentUse: read(inspection.segmentUse),
    danglingReferences: read(inspection.danglingReferences),
  };
}

function maintenanceReads(read: Read): MaintenanceReads {
  return {
    removedUpdates: read(site.removedUpdates),
    declinedSince: read(maintenance.declinedSince),
    oldRevisions: read(maintenance.oldRevisions),
    unreferencedUpdates: read(maintenance.unreferencedUpdates),
    revisionsOf: read(maintenance.revisionsOf),
    namingsOf: read(maintenance.namingsOf),
    prerequisites: read(maintenance.prerequisites),
    supersededBy: read(maintenance.supersededBy),
    documentsIn: read(maintenance.documentsIn),
  };
}

function servingReads(read: Read, identities: Identities): ServingReads {
  return {
    highestRevision: read(highestRevision),
    configurationIn: read(serving.configurationIn),
    membershipsIn: read(serving.membershipsIn),
    categoryEdges: read(serving.categoryEdges),
    neededBy: read(serving.neededBy),
    bundling: read(serving.bundling),
    identitiesOf: read(serving.identitiesOf),
    declinedUpdates: read(serving.declinedUpdates),
    documentsOf: read((sql, wanted: readonly UpdateIdentity[]) => serving.documentsOf(sql, identities, wanted)),
    currentRevisions: read((sql, updateIds: readonly string[]) => serving.currentRevisions(sql, identities, updateIds)),
  };
}

function exportReads(read: Read): ExportReads {
  return {
    placedRevisions: read(exporting.placedRevisions),
    bundleEdges: read(exporting.bundleEdges),
    packagedRevisions: read(exporting.packagedRevisions),
    firstStoredAfter: read(exporting.firstStoredAfter),
  };
}

function deliveryReads(read: Read): DeliveryReads {
  return {
    waitingDeliveries: read(deliveries.waitingDeliveries),
    deliveriesOf: read(deliveries.deliveriesOf),
    openReceivers: read(deliveries.openReceivers),
    lastDelivered: read(deliveries.lastDelivered),
    outboxCounts: read(deliveries.outboxCounts),
  };
}
