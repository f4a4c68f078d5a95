import type { UpdateIdentity } from '../../metadata/UpdateIdentity.js';
import { isTurnDue, turn } from '../../platform/inTurns.js';
import type { Steps } from '../../platform/inTurns.js';
import type { SiteReads } from '../SiteDatabase.js';
import type { DatabaseInspection } from '../StoreInspection.js';
import { Identities } from './Identities.js';
import { NO_WRITER } from './JournaledWriter.js';
import type { WriteGate } from './JournaledWriter.js';
import type { SqlConnection } from './SqlConnection.js';
import { categoryDocuments, highestRevision } from './catalogueQueries.js';
import { missingBundled, outdatedRevisions, unknownPrerequisites } from './closureQueries.js';
import * as deliveries from './deliveryQueries.js';
import * as evaluation from './evaluationQueries.js';
import * as exporting from './exportQueries.js';
import { inspectDatabase } from './inspectDatabase.js';
import type { InspectedDatabase } from './inspectDatabase.js';
import * as inspection from './inspectionQueries.js';
import * as maintenance from './maintenanceQueries.js';
import { runChanges, updateSummary, updateTitles } from './runChangeQueries.js';
import * as serving from './servingQueries.js';
import * as site from './siteQueries.js';
import { messages } from './siteQueries.js';
import { categoryCounts, queryUpdates, relatedIds } from './updateQueries.js';

/**
 * The reading half of the embedded database: each query answers from memory, a long one in steps between which others
 * have their turn. While a transaction is being written none goes on.
 */
export function createQueries(
  connection: SqlConnection,
  identities: Identities,
  gate: WriteGate = NO_WRITER,
): SiteReads {
  /** A short query as a method of the asynchronous interface. */
  const read =
    <Arguments extends readonly unknown[], Result>(
      query: (connection: SqlConnection, ...parameters: Arguments) => Result,
    ) =>
    async (...parameters: Arguments): Promise<Result> => {
      while (gate.isWriting) await gate.written();
      return query(connection, ...parameters);
    };
  const readInSteps =
    <Arguments extends readonly unknown[], Result>(
      query: (connection: SqlConnection, ...parameters: Arguments) => Steps<Result>,
    ) =>
    async (...parameters: Arguments): Promise<Result> => {
      const steps = query(connection, ...parameters);
      for (;;) {
        while (gate.isWriting) await gate.written();
        const { done, value } = steps.next();
        if (done === true) return value;
        if (isTurnDue()) await turn();
      }
    };
  return {
    setting: read(site.setting),
    requestResult: read(site.requestResult),
    counts: readInSteps(site.counts),
    nextIds: read(site.nextIds),
    missingRevisions: readInSteps((_connection, wanted: readonly UpdateIdentity[], needed?: boolean) =>
      identities.missingRevisions(wanted, needed),
    ),
    updateKeys: readInSteps((_connection, updateIds: readonly string[]) => identities.findAll(updateIds)),
    missingBundled: readInSteps(missingBundled),
    unknownPrerequisites: readInSteps(unknownPrerequisites),
    outdatedRevisions: readInSteps((_connection, wanted: readonly UpdateIdentity[]) =>
      outdatedRevisions(connection, identities, wanted),
    ),
    categoryDocuments: readInSteps(categoryDocuments),
    categories: readInSteps(site.categories),
    softwareUpdatesByUpdate: readInSteps(site.softwareUpdatesByUpdate),
    allSoftwareUpdates: readInSteps(site.allSoftwareUpdates),
    latestRevisions: readInSteps(evaluation.latestRevisions),
    candidates: readInSteps(evaluation.candidates),
    changedUpdates: readInSteps(evaluation.changedUpdates),
    namedUpdates: readInSteps(evaluation.namedUpdates),
    bundlesOf: readInSteps(evaluation.bundlesOf),
    holdings: readInSteps(evaluation.holdings),
    supersedence: readInSteps(evaluation.supersedence),
    supersededUpdates: readInSteps(evaluation.supersededUpdates),
    expiredSince: readInSteps(site.expiredSince),
    names: readInSteps(evaluation.names),
    licensedRevisions: readInSteps(site.licensedRevisions),
    storedDocuments: read(inspection.storedDocuments),
    segmentUse: read(inspection.segmentUse),
    danglingReferences: readInSteps(inspection.danglingReferences),
    documentLocation: read(site.documentLocation),
    updates: readInSteps(queryUpdates),
    relatedIds: readInSteps(relatedIds),
    categoryCounts: readInSteps(categoryCounts),
    runs: read(site.runs),
    statuses: read(site.statuses),
    linkNodes: read(site.linkNodes),
    removedUpdates: read(site.removedUpdates),
    declinedSince: readInSteps(maintenance.declinedSince),
    oldRevisions: read(maintenance.oldRevisions),
    unreferencedUpdates: read(maintenance.unreferencedUpdates),
    revisionsOf: readInSteps(maintenance.revisionsOf),
    namingsOf: readInSteps(maintenance.namingsOf),
    prerequisites: readInSteps(maintenance.prerequisites),
    supersededBy: readInSteps(maintenance.supersededBy),
    highestRevision: read(highestRevision),
    configurationIn: read(serving.configurationIn),
    membershipsIn: read(serving.membershipsIn),
    categoryEdges: readInSteps(serving.categoryEdges),
    neededBy: readInSteps(serving.neededBy),
    bundling: readInSteps(serving.bundling),
    identitiesOf: readInSteps(serving.identitiesOf),
    declinedUpdates: read(serving.declinedUpdates),
    documentsOf: readInSteps((_connection, wanted: readonly UpdateIdentity[]) =>
      serving.documentsOf(connection, identities, wanted),
    ),
    currentRevisions: readInSteps((_connection, updateIds: readonly string[]) =>
      serving.currentRevisions(connection, identities, updateIds),
    ),
    placedRevisions: read(exporting.placedRevisions),
    bundleEdges: read(exporting.bundleEdges),
    packagedRevisions: readInSteps(exporting.packagedRevisions),
    firstStoredAfter: read(exporting.firstStoredAfter),
    documentsIn: read(maintenance.documentsIn),
    messages: read(messages),
    runChanges: read(runChanges),
    updateTitles: readInSteps(updateTitles),
    updateSummary: read(updateSummary),
    waitingDeliveries: read(deliveries.waitingDeliveries),
    deliveriesOf: read(deliveries.deliveriesOf),
    openReceivers: read(deliveries.openReceivers),
    lastDelivered: read(deliveries.lastDelivered),
    outboxCounts: read(deliveries.outboxCounts),
  };
}

/** A database in memory that is only read: the queries, and what is wrong with its files. */
export function createEmbeddedReads(
  database: InspectedDatabase,
): SiteReads & { inspect(quick: boolean): Promise<DatabaseInspection> } {
  return {
    ...createQueries(database.connection, new Identities(database.connection)),
    inspect: async (quick) => inspectDatabase(database, quick),
  };
}
