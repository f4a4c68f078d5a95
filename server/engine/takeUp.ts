import { randomUUID } from 'node:crypto';
import type { Run } from '../contract/generated/types.js';
import { notificationSecrets } from '../notify/notificationSecrets.js';
import { sealWebhooks } from '../notify/sealWebhooks.js';
import { realSealer } from '../platform/sealSecret.js';
import type { ParentRecord } from '../link/ParentRecord.js';
import { catalogueId } from '../state/catalogueState.js';
import { confirmIdentity } from '../state/confirmIdentity.js';
import { keepPoints } from '../state/softwareUpdatePoints.js';
import type { SiteContext } from '../state/SiteContext.js';
import { notOwner } from '../store/SharedStore.js';
import { endInterruptedRuns, resumeRun } from '../sync/interruptedRuns.js';
import type { EngineParts } from './assemble.js';

/**
 * What an engine does first where it owns the site, because it opens the site or has just taken it: runs that another
 * engine was killed in end, and are given.
 */
export async function settle(context: SiteContext, record: ParentRecord | undefined): Promise<readonly Run[]> {
  if (record !== undefined) await confirmIdentity(context, 'parent', `${record.siteCode} ${record.nodeId}`);
  await sealWebhooks(context, notificationSecrets(context.site, realSealer()));
  // Those who follow serve too, and cannot say what nobody has said yet.
  if (context.shared !== undefined) {
    await catalogueId(context.database, randomUUID);
    await keepPoints(context);
  }
  return endInterruptedRuns(context);
}

/**
 * Takes up the work of the site. No run begins before those of the owner before have ended: it would be ended with
 * them.
 */
export async function takeUp(context: SiteContext, parts: EngineParts, settled: () => Promise<void>): Promise<void> {
  const turn = await parts.activity.begin('synchronization');
  try {
    await settled();
  } finally {
    turn.release();
  }
  await goOn(context, parts);
}

/** Goes on where the server that owned the site before has ended. */
async function goOn(context: SiteContext, parts: EngineParts): Promise<void> {
  const { runner, maintainer, deliverer, alerts, statusRules, hierarchy, links } = parts;
  context.documents.beginSegments();
  await links.ownerChanged();
  hierarchy.takenUp();
  deliverer.wake();
  void alerts.look();
  void statusRules.look();
  await resumeRun(context, runner);
  void maintainer.resume();
}

/** Ends the work of the site, because another server owns it: that one ends the run in the store and goes on. */
export async function layDown(context: SiteContext, { runner, activity, links }: EngineParts): Promise<void> {
  activity.stopMaintenance();
  try {
    await links.ownerChanged();
  } finally {
    await runner.stop(notOwner(context));
  }
  // What read settings before must not write them when this engine owns the site again.
  await context.settingsMutex.take(async () => Promise.resolve());
}
