import { PACKAGE_RANK, packageOrder } from '../criteria/packageOrder.js';
import type { RankedRevision } from '../criteria/packageOrder.js';
import type { SiteContext } from '../state/SiteContext.js';
import { chunks } from '../criteria/collections.js';
import { readRecord } from '../state/readDocument.js';
import { SyncError } from '../errors/SyncError.js';
import { inTurns, nextTurn, turn } from '../platform/inTurns.js';
import { Slab } from '../platform/Slab.js';
import type { PackagedRevision, PlacedRevision } from '../store/ExportReads.js';
import type { SiteDatabase } from '../store/SiteDatabase.js';
import type { IdRange } from '../store/StoreInspection.js';
import { decodeFileAddresses } from '../store/fileAddresses.js';
import type { FileAddress } from '../store/fileAddresses.js';
import { KIND } from '../store/rows.js';

const PAGE = 1000;

/** The revisions of a range in the order of a package. */
export async function orderedRevisions(database: SiteDatabase, range: IdRange): Promise<readonly number[]> {
  const ranked: RankedRevision[] = [];
  const children = new Map<number, number[]>();
  for (let from = range.from; from <= range.to; from += PAGE) {
    const part = { from, to: Math.min(range.to, from + PAGE - 1) };
    for (const revision of await database.placedRevisions(part))
      ranked.push({ revisionId: revision.revisionId, rank: rankOf(revision) });
    for (const { bundle, child } of await database.bundleEdges(part)) {
      const known = children.get(bundle);
      if (known === undefined) children.set(bundle, [child]);
      else known.push(child);
    }
    await turn();
  }
  return inTurns(packageOrder(ranked, children));
}

function rankOf({ kind, categoryType }: PlacedRevision): number {
  if (kind === KIND.detectoid) return PACKAGE_RANK.detectoid;
  if (kind !== KIND.category) return PACKAGE_RANK.update;
  return isRanked(categoryType) ? PACKAGE_RANK[categoryType] : PACKAGE_RANK.category;
}

function isRanked(type: string): type is 'UpdateClassification' | 'Company' | 'ProductFamily' | 'Product' {
  return ['UpdateClassification', 'Company', 'ProductFamily', 'Product'].includes(type);
}

const PART = 100;

/** A revision with its document as it came. */
export interface StoredRevisionDocument {
  readonly revision: PackagedRevision;
  readonly xml: Uint8Array;
  /** The addresses of its files, as far as the upstream gave them. */
  readonly files: readonly FileAddress[];
}

/** Documents are read into the same bytes, up to this length: ten thousand new ones keep the garbage collector busy. */
const ROOM = 256 * 1024;

/**
 * The documents of revisions, one after the other, each valid until the next one is asked for; others are served in
 * between.
 * @throws SyncError StoreCorrupt, Cancelled, and PackageWriteFailed when maintenance has removed one meanwhile
 */
export async function* storedRevisions(
  context: SiteContext,
  revisionIds: readonly number[],
  signal: AbortSignal,
): AsyncGenerator<StoredRevisionDocument, void, undefined> {
  const room = Buffer.allocUnsafeSlow(ROOM);
  for (const part of chunks(revisionIds, PART)) {
    if (signal.aborted) throw new SyncError('Cancelled', { what: 'The export' });
    const revisions = await context.database.packagedRevisions(part);
    if (revisions.length < part.length)
      throw new SyncError('PackageWriteFailed', {
        path: 'the package',
        reason: 'maintenance removed updates during the export; export again',
      });
    for (const revision of revisions) {
      const { document, notes } = await readRecord(context, revision, new Slab(room));
      yield { revision, xml: document, files: decodeFileAddresses(notes) };
    }
    await nextTurn();
  }
}
