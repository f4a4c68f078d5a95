import { setImmediate as turn } from 'node:timers/promises';
import type { StoreCheckRequest, StoreCheckResult, StoreFinding } from '../contract/generated/types.js';
import { SyncError } from '../errors/SyncError.js';
import { identityKey } from '../metadata/UpdateIdentity.js';
import { readUpdateInSteps } from '../metadata/readUpdateDocument.js';
import { inTurns } from '../platform/inTurns.js';
import type { DocumentStore } from '../store/DocumentStore.js';
import type { SiteDatabase, SiteReads } from '../store/SiteDatabase.js';
import type { DanglingReferences, StoredDocument, StoreProblem } from '../store/StoreInspection.js';
import { segmentProblems } from './segmentProblems.js';

const NOTHING = { Position: null, RevisionId: null, UpdateID: null, RevisionNumber: null } as const;

/** A damaged file of a database that no engine can open. */
export function databaseFinding(problem: StoreProblem): StoreFinding {
  return {
    ...NOTHING,
    Kind: 'Database',
    Severity: 'Damage',
    Path: problem.path,
    Position: problem.position,
    Reason: problem.reason,
    Repair: 'AcceptLoss',
  };
}

/** A damaged file of a database whose engine can write it again, so that nothing is lost, unless it says otherwise. */
export function rewrittenFinding(problem: StoreProblem): StoreFinding {
  return { ...databaseFinding(problem), Repair: problem.repair ?? 'Rewrite' };
}

/** A damaged segment; its documents are found one by one. */
function segmentFinding(problem: StoreProblem): StoreFinding {
  return {
    ...NOTHING,
    Kind: 'Segment',
    Severity: 'Damage',
    Path: problem.path,
    Position: problem.position,
    Reason: problem.reason,
    Repair: 'Fetch',
  };
}

/** Room that no document uses: nothing is wrong with it. */
function orphanFinding(path: string, bytes: number): StoreFinding {
  return {
    ...NOTHING,
    Kind: 'Segment',
    Severity: 'Notice',
    Path: path,
    Reason: `${bytes} bytes do not belong to a document`,
    Repair: 'None',
  };
}

/** Rows that name what is not there. */
function referenceFinding({ what, count }: DanglingReferences): StoreFinding {
  return { ...NOTHING, Kind: 'Reference', Severity: 'Damage', Path: '', Reason: `${count} ${what}`, Repair: 'None' };
}

/** A document that cannot be read or is another one. */
function documentFinding(document: StoredDocument, error: SyncError): StoreFinding {
  return {
    Kind: 'Document',
    Severity: 'Damage',
    Path: String(error.data['path'] ?? ''),
    Position: document.location.position,
    RevisionId: document.revisionId,
    UpdateID: document.updateId,
    RevisionNumber: document.revisionNumber,
    Reason: String(error.data['reason'] ?? error.message),
    Repair: 'Fetch',
  };
}

/** Reads a document as a whole; gives what is wrong with it, undefined for nothing. */
export async function verifyDocument(documents: DocumentStore, stored: StoredDocument): Promise<SyncError | undefined> {
  const what = identityKey(stored);
  try {
    const xml = await documents.read(stored.location);
    const { identity } = await inTurns(
      readUpdateInSteps(xml, what, { wantsLanguage: (language) => language === 'en' }),
    );
    return identityKey(identity) === what
      ? undefined
      : new SyncError('DocumentInvalid', { what, reason: `it says that it is ${identityKey(identity)}` });
  } catch (error) {
    if (error instanceof SyncError) return error;
    throw error;
  }
}

/** Documents of one answer, and how many are read between two turns of the event loop. */
const DOCUMENTS = 400;
const BETWEEN_TURNS = 10;
/** Software updates of one answer; their ids begin where those of the product begin. */
const UPDATES = 5000;
const FIRST_UPDATE = 16_777_217;

/** What a check reads. */
export interface CheckedStore {
  readonly database: SiteReads & Pick<SiteDatabase, 'inspect'>;
  readonly documents: DocumentStore;
}

const NONE = { files: 0, transactions: 0, documents: 0, orphanedBytes: 0, offline: false } as const;

/**
 * `store/check`: one part of it. First the database's files, then document by document, references, and the segments.
 */
export async function checkStore(store: CheckedStore, params: StoreCheckRequest): Promise<StoreCheckResult> {
  const [stage, number] = (params.after ?? 'files:0').split(':');
  const part = await checkPart(store, { stage: stage ?? 'files', after: Number(number), quick: params.quick === true });
  const isUncounted = params.quick === true || isBeyondReading(part);
  const documentsInAll = isUncounted ? 0 : (await store.database.counts()).revisions;
  return { ...NONE, documentsInAll, ...part };
}

type Part = Pick<StoreCheckResult, 'findings' | 'next'> & Partial<StoreCheckResult>;

async function checkPart(
  store: CheckedStore,
  { stage, after, quick }: { stage: string; after: number; quick: boolean },
): Promise<Part> {
  if (stage === 'documents') return checkDocuments(store, after);
  if (stage === 'updates') return checkUpdates(store, after);
  if (stage === 'totals') return checkSegments(store);
  const { files, transactions, problems } = await store.database.inspect(quick);
  const part = { findings: problems.map(rewrittenFinding), files, transactions };
  if (isBeyondReading(part)) return { ...part, next: null };
  return { ...part, next: quick ? 'totals:0' : 'documents:0' };
}

/** Where a table is damaged, its rows say nothing of documents. */
function isBeyondReading({ findings }: Pick<Part, 'findings'>): boolean {
  return findings.some(({ Kind, Repair }) => Kind === 'Database' && (Repair === 'Rebuild' || Repair === 'None'));
}

async function checkDocuments({ database, documents }: CheckedStore, after: number): Promise<Part> {
  // What the engine has open it would read even where the file was deleted.
  const fresh = documents.reopened();
  const stored = await database.storedDocuments(after, DOCUMENTS);
  const findings: StoreFinding[] = [];
  try {
    for (const [index, document] of stored.entries()) {
      const error = await verifyDocument(fresh, document);
      // A compaction may have moved it since.
      if (error !== undefined && (await isStill(database, document))) findings.push(documentFinding(document, error));
      if (index % BETWEEN_TURNS === 0) await turn();
    }
  } finally {
    await fresh.close();
  }
  const last = stored.at(-1)?.revisionId;
  const isEnd = last === undefined || stored.length < DOCUMENTS;
  const dangling = await database.danglingReferences('revision', {
    from: after + 1,
    to: isEnd ? Number.MAX_SAFE_INTEGER : last,
  });
  return {
    findings: [...findings, ...dangling.map(referenceFinding)],
    next: isEnd ? 'updates:0' : `documents:${last}`,
    documents: stored.length,
  };
}

async function isStill(
  database: SiteReads,
  { revisionId, location }: { revisionId: number; location: { segment: number; position: number } },
): Promise<boolean> {
  const now = await database.documentLocation(revisionId);
  return now?.segment === location.segment && now.position === location.position;
}

async function checkUpdates({ database }: CheckedStore, after: number): Promise<Part> {
  const { softwareUpdate } = await database.nextIds();
  const last = Math.max(after, FIRST_UPDATE - 1) + UPDATES;
  const updates = await database.danglingReferences('softwareUpdate', { from: after + 1, to: last });
  const categories =
    after === 0 ? await database.danglingReferences('category', { from: 0, to: Number.MAX_SAFE_INTEGER }) : [];
  return {
    findings: [...updates, ...categories].map(referenceFinding),
    next: last >= softwareUpdate ? 'totals:0' : `updates:${last}`,
  };
}

async function checkSegments({ database, documents }: CheckedStore): Promise<Part> {
  const { files, problems, orphans } = await segmentProblems(database, documents);
  return {
    findings: [...problems.map(segmentFinding), ...orphans.map(({ path, bytes }) => orphanFinding(path, bytes))],
    next: null,
    files,
    orphanedBytes: orphans.reduce((sum, { bytes }) => sum + bytes, 0),
  };
}

/** The beginning of a check without an engine. */
export function nothingFound(): StoreCheckResult {
  return { ...NONE, findings: [], next: null, documentsInAll: 0, offline: true };
}

/** Adds to a check all that comes after the files of the database. */
export async function addDocuments(
  sum: StoreCheckResult,
  store: CheckedStore,
  params: StoreCheckRequest,
): Promise<void> {
  for (let after: string | null = params.quick === true ? 'totals:0' : 'documents:0'; after !== null;) {
    const part = await checkStore(store, { ...params, after });
    sum.findings.push(...part.findings);
    sum.files += part.files;
    sum.documents += part.documents;
    sum.orphanedBytes += part.orphanedBytes;
    sum.documentsInAll = part.documentsInAll;
    after = part.next;
  }
}
