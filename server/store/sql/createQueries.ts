import type { UpdateIdentity } from '../../metadata/UpdateIdentity.js';
import { isTurnDue, turn } from '../../platform/inTurns.js';
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
import { messages } from './siteQueries.js';
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
  /** A query as a method of the asynchronous interface. */
  const read =
    <Arguments extends readonly unknown[], Result>(query: (sql: Sql, ...parameters: Arguments) => SqlSteps<Result>) =>
    async (...parameters: Arguments): Promise<Result> => {
      const steps = query(sql, ...parameters);
      for (;;) {
        while (gate.isWriting) await gate.written();
        const { done, value } = steps.next();
        if (done === true) return value;
        if (value !== undefined) await value;
        else if (isTurnDue()) await turn();
      }
    };
  return {
    setting: read(site.setting),
    requestResult: read(site.requestResult),
    counts: read(site.counts),
    nextIds: read(site.nextIds),
    missingRevisions: read((_sql, wanted: readonly UpdateIdentity[], needed?: boolean) =>
      identities.missingRevisions(wanted, needed),
    ),
    updateKeys: read((_sql, updateIds: readonly string[]) => identities.findAll(updateIds)),
    missingBundled: read(missingBundled),
    unknownPrerequisites: read(unknownPrerequisites),
    outdatedRevisions: read((_sql, wanted: readonly UpdateIdentity[]) => outdatedRevisions(sql, identities, wanted)),
    categoryDocuments: read(categoryDocuments),
    categories: read(site.categories),
    softwareUpdatesByUpdate: read(site.softwareUpdatesByUpdate),
    allSoftwareUpdates: read(site.allSoftwareUpdates),
    latestRevisions: read(evaluation.latestRevisions),
    candidates: read(evaluation.candidates),
    changedUpdates: read(evaluation.changedUpdates),
    namedUpdates: read(evaluation.namedUpdates),
    bundlesOf: read(evaluation.bundlesOf),
    holdings: read(evaluation.holdings),
    supersedence: read(evaluation.supersedence),
    supersededUpdates: read(evaluation.supersededUpdates),
    expiredSince: read(site.expiredSince),
    names: read(evaluation.names),
    licensedRevisions: read(site.licensedRevisions),
    storedDocuments: read(inspection.storedDocuments),
    segmentUse: read(inspection.segmentUse),
    danglingReferences: read(inspection.danglingReferences),
    documentLocation: read(site.documentLocation),
    updates: read(queryUpdates),
    newestArticles: read(newestArticles),
    relatedIds: read(relatedIds),
    categoryCounts: read(categoryCounts),
    runs: read(site.runs),
    statuses: read(site.statuses),
    linkNodes: read(site.linkNodes),
    removedUpdates: read(site.removedUpdates),
    declinedSince: read(maintenance.declinedSince),
    oldRevisions: read(maintenance.oldRevisions),
    unreferencedUpdates: read(maintenance.unreferencedUpdates),
    revisionsOf: read(maintenance.revisionsOf),
    namingsOf: read(maintenance.namingsOf),
    prerequisites: read(maintenance.prerequisites),
    supersededBy: read(maintenance.supersededBy),
    highestRevision: read(highestRevision),
    configurationIn: read(serving.configurationIn),
    membershipsIn: read(serving.membershipsIn),
    categoryEdges: read(serving.categoryEdges),
    neededBy: read(serving.neededBy),
    bundling: read(serving.bundling),
    identitiesOf: read(serving.identitiesOf),
    declinedUpdates: read(serving.declinedUpdates),
    documentsOf: read((_sql, wanted: readonly UpdateIdentity[]) => serving.documentsOf(sql, identities, wanted)),
    currentRevisions: read((_sql, updateIds: readonly string[]) =>
      serving.currentRevisions(sql, identities, updateIds),
    ),
    placedRevisions: read(exporting.placedRevisions),
    bundleEdges: read(exporting.bundleEdges),
    packagedRevisions: read(exporting.packagedRevisions),
    firstStoredAfter: read(exporting.firstStoredAfter),
    documentsIn: read(maintenance.documentsIn),
    messages: read(messages),
    runChanges: read(runChanges),
    updateTitles: read(updateTitles),
    updateSummary: read(updateSummary),
    tableRows: read(tableRows),
    lastTableRow: read(lastTableRow),
    tableCounts: read(tableCounts),
    waitingDeliveries: read(deliveries.waitingDeliveries),
    deliveriesOf: read(deliveries.deliveriesOf),
    openReceivers: read(deliveries.openReceivers),
    lastDelivered: read(deliveries.lastDelivered),
    outboxCounts: read(deliveries.outboxCounts),
  };
}
