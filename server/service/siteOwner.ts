import { stat } from 'node:fs/promises';
import type { ServiceAccount } from '../platform/ServicePlan.js';
import type { ServiceNote } from './ServiceNote.js';

/** Whom a folder belongs to, as it is noted; undefined on Windows, where access is added and not moved. */
export async function ownerOf(folder: string, platform: NodeJS.Platform): Promise<string | undefined> {
  if (platform === 'win32') return undefined;
  const { uid, gid } = await stat(folder);
  return `${uid}:${gid}`;
}

/** The owner that a note names. */
export function formerOwnerOf(note: ServiceNote | undefined): ServiceAccount | undefined {
  const [, userId, groupId] = /^(\d+):(\d+)$/.exec(note?.formerOwner ?? '') ?? [];
  return userId === undefined ? undefined : { name: userId, id: userId, groupId: Number(groupId) };
}
