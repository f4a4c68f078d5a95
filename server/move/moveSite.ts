import type { SiteMove } from '../contract/generated/types.js';
import { withoutEngine } from '../repair/withoutEngine.js';
import type { KeptDatabase, SiteFolder } from '../site/SiteFolder.js';
import { databaseName } from '../site/describeSite.js';
import { decideMove, finishMove, withItsDatabase } from '../site/moveRecord.js';
import type { MoveWatch } from './copyStore.js';
import { type MadeCopy, makeCopy } from './makeCopy.js';
import { keptFolder, type MovedSize, sealsIn, sizeOfStore } from './moveFolders.js';
import { type MoveTarget, refuseMove, refuseRoom, serviceWarning } from './refuseMove.js';
import { ownDatabase } from './serverDatabase.js';

/** What a move works with. */
export interface MoveWork extends MoveWatch {
  readonly site: SiteFolder;
  readonly target: MoveTarget;
  readonly isWhatIf: boolean;
  /** Ends the engine of the site, or says why it goes on. @throws SyncError MoveRefused */
  readonly endEngine: () => Promise<void>;
  /** Takes a line for whoever asked. */
  readonly report: (line: string) => void;
  readonly now: () => Date;
}

/**
 * Moves a site to a database of another engine. The copy is made beside the old database, compared with it and then
 * put in its place by one change of `site.json`. Killed before that, the site has its old database, and the next move
 * goes on with the copy; killed afterwards, whoever opens the site next ends the move.
 * @throws SyncError MoveRefused, MoveDiffers, StoreCorrupt, StoreWriteFailed, Cancelled, of the databases
 */
export async function moveSite(work: MoveWork): Promise<SiteMove> {
  const { target } = work;
  // The session may have opened it before an earlier move.
  const now = withItsDatabase(work.site);
  await refuseMove(now, target);
  const size = now.database === 'postgres' ? undefined : sizeOfStore(now);
  if (size !== undefined) refuseRoom(now, target.to, size);
  if (work.isWhatIf) return describeMove(work, { from: now.database, size });
  await work.endEngine();
  return withoutEngine(work.site, async (_place, generation) => {
    // It waited for the lock: somebody else may have moved it.
    const site = withItsDatabase(work.site);
    await refuseMove(site, target);
    const copy = await makeCopy({ ...work, site }, generation);
    const kept = await keptOf(site, copy, work.now());
    await decideMove(site, {
      database: target.to,
      moving: { generation: copy.generation, put: copy.put, away: sealsIn(site.files, site.path) },
      kept,
    });
    await finishMove(site);
    return describeMove(work, { from: site.database, copy, size: copy.size, kept });
  });
}

async function keptOf(site: SiteFolder, { size }: MadeCopy, now: Date): Promise<KeptDatabase> {
  const { database } = site;
  const since = now.toISOString();
  if (database === undefined) return { since };
  if (database !== 'postgres') return { database, since };
  return { database, since, server: { where: await ownDatabase(site), size: size.database + size.documents } };
}

interface Moved {
  readonly from: string | undefined;
  /** Bytes of the old database, where that is known. */
  readonly size: MovedSize | undefined;
  /** Undefined where nothing was changed. */
  readonly copy?: MadeCopy;
  readonly kept?: KeptDatabase;
}

function describeMove(work: MoveWork, { from, size, copy, kept }: Moved): SiteMove {
  const { site, target, isWhatIf } = work;
  const bytes = size === undefined ? null : size.database + size.documents;
  return {
    SiteCode: site.siteCode,
    SiteName: site.siteName,
    InstallDir: site.path,
    OldDatabase: databaseName(from),
    Database: databaseName(target.to),
    Documents: copy?.documents ?? null,
    Rows: copy?.rows ?? null,
    Digest: copy?.digest ?? null,
    OldDatabaseSize: bytes,
    Resumed: copy?.isResumed === true,
    WhatIf: isWhatIf,
    Warnings: [
      ...(copy?.remarks ?? []),
      ...backupWarnings(from, target.to),
      ...[serviceWarning(site, target.to)].filter((text) => text !== undefined),
      ...(kept === undefined ? [] : [keptWarning(kept.server?.where ?? keptFolder(site), bytes ?? 0)]),
    ],
  };
}

function backupWarnings(from: string | undefined, to: string | undefined): string[] {
  const anew =
    to === 'postgres'
      ? 'Back up the new one with pg_dump, or as your other servers.'
      : 'Make a new backup (Backup-CMSyncSite, configmgrsync backup).';
  const old = 'Backups of the old database cannot be restored into this site folder any more.';
  return [from === 'postgres' ? `A dump of the old database does not fit any more. ${anew}` : `${old} ${anew}`];
}

function keptWarning(where: string, bytes: number): string {
  return (
    `The old database is kept in ${where} and takes ${(bytes / 1_000_000).toFixed(1)} MB. Remove it once you have ` +
    'seen the site work (Remove-CMSyncOldDatabase, configmgrsync site move --drop-old).'
  );
}
