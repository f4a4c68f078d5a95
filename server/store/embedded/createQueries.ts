import type { SiteReads } from '../SiteDatabase.js';
import { bundledRevisions, bundlesOf, cataloguePage, catalogueSize, categoryDocuments } from './catalogueQueries.js';
import type { Identities } from './Identities.js';
import * as site from './siteQueries.js';
import type { SqlConnection } from './SqlConnection.js';
import { queryUpdates, relatedIds } from './updateQueries.js';

/** The reading half of the embedded database: each query answers at once from memory. */
export function createQueries(connection: SqlConnection, identities: Identities): SiteReads {
  /** A query over the connection as a method of the asynchronous interface. */
  const read = <Arguments extends readonly unknown[], Result>(query: (connection: SqlConnection, ...parameters: Arguments) => Result) => (
    async (...parameters: Arguments): Promise<Result> => Promise.resolve(query(connection, ...parameters)));
  return {
    setting: read(site.setting), requestResult: read(site.requestResult), counts: read(site.counts), nextIds: read(site.nextIds),
    missingRevisions: async (wanted) => Promise.resolve(identities.missingRevisions(wanted)), updateKeys: async (updateIds) => Promise.resolve(identities.findAll(updateIds)),
    cataloguePage: read(cataloguePage), catalogueSize: read(catalogueSize), bundledRevisions: read(bundledRevisions), bundlesOf: read(bundlesOf), categoryDocuments: read(categoryDocuments),
    categories: read(site.categories), softwareUpdatesByUpdate: read(site.softwareUpdatesByUpdate), allSoftwareUpdates: read(site.allSoftwareUpdates),
    supersededBy: read(site.supersededBy), supersededAmong: read(site.supersededAmong),
    documentLocation: read(site.documentLocation), updates: read(queryUpdates), relatedIds: read(relatedIds), runs: read(site.runs), statuses: read(site.statuses),
  };
}
