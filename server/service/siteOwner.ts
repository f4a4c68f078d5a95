import { join } from 'node:path';
import type { ServiceAccount } from '../platform/service/ServicePlan.js';
import { filesNow, SITE_FILES } from '../site/SiteFolder.js';
import type { RecordedSite, ServiceRecord } from '../site/ServiceRecord.js';

/** Whom a folder belongs to, as it is noted; undefined on Windows, where access is added and not moved. */
export function ownerOf(site: RecordedSite, platform: NodeJS.Platform): string | undefined {
  if (platform === 'win32') return undefined;
  const { uid, gid } = filesNow(site).lstatSync(site.path);
  return `${uid}:${gid}`;
}

/** The owner that a record names. */
export function formerOwnerOf(record: ServiceRecord | undefined): ServiceAccount | undefined {
  const [, userId, groupId] = /^(\d+):(\d+)$/.exec(record?.formerOwner ?? '') ?? [];
  return userId === undefined ? undefined : { name: userId, id: userId, groupId: Number(groupId) };
}

/**
 * Whom the folder goes back to: the owner that its record names, if nobody but the account of the folder and root can
 * have written that,
 * else root; undefined where none is named. Operators of the site may replace files in the folder.
 */
export function ownerToGoBackTo(site: RecordedSite, record: ServiceRecord | undefined): ServiceAccount | undefined {
  const named = formerOwnerOf(record);
  if (named === undefined) return undefined;
  const files = filesNow(site);
  const [folder, file] = [files.lstatSync(site.path), files.lstatSync(join(site.path, SITE_FILES.service))];
  const isTrusted = file.isFile() && file.nlink === 1 && file.uid === folder.uid && (file.mode & 0o022) === 0;
  return isTrusted ? named : { name: '0', id: '0', groupId: folder.gid };
}
