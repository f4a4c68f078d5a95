import type { SiteReads } from '../SiteDatabase.js';
import { categoryDocuments } from './catalogueQueries.js';
import { missingBundled, outdatedRevisions, unknownPrerequisites } from './closureQueries.js';
import * as evaluation from './evaluationQueries.js';
import { highestRevision } from './highestRevision.js';
import * as exporting from './exportQueries.js';
import type { Identities } from './Identities.js';
import * as inspection from './inspectionQueries.js';
import * as maintenance from './maintenanceQueries.js';
import { messages } from './messageQueries.js';
import * as serving from './servingQueries.js';
import { runChanges, updateSummary, updateTitles } from './runChangeQueries.js';
import * as site from './siteQueries.js';
import type { SqlConnection } from './SqlConnection.js';
import { queryUpdates, relatedIds } from './updateQueries.js';

/** The reading half of the embedded database: each query answers at once from memory. */
export function createQueries(connection: SqlConnection, identities: Identities): SiteReads {
  /** A query over the connection as a method of the asynchronous interface. */
  const read =
    <Arguments extends readonly unknown[], Result>(
      query: (connection: SqlConnection, ...parameters: Arguments) => Result,
    ) =>
    async (...parameters: Arguments): Promise<Result> =>
      Promise.resolve(query(connection, ...parameters));
  return {
    setting: read(site.setting),
    requestResult: read(site.requestResult),
    counts: read(site.counts),
    nextIds: read(site.nextIds),
    missingRevisions: async (wanted, needed) => Promise.resolve(identities.missingRevisions(wanted, needed)),
    updateKeys: async (updateIds) => Promise.resolve(identities.findAll(updateIds)),
    missingBundled: read(missingBundled),
    unknownPrerequisites: read(unknownPrerequisites),
    outdatedRevisions: async (wanted) => Promise.resolve(outdatedRevisions(connection, identities, wanted)),
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
    relatedIds: read(relatedIds),
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
    documentsOf: async (wanted) => Promise.resolve(serving.documentsOf(connection, identities, wanted)),
    currentRevisions: async (updateIds) => Promise.resolve(serving.currentRevisions(connection, identities, updateIds)),
    placedRevisions: read(exporting.placedRevisions),
    bundleEdges: read(exporting.bundleEdges),
    packagedRevisions: read(exporting.packagedRevisions),
    firstStoredAfter: read(exporting.firstStoredAfter),
    documentsIn: read(maintenance.documentsIn),
    messages: read(messages),
    runChanges: read(runChanges),
    updateTitles: read(updateTitles),
    updateSummary: read(updateSummary),
  };
}
