import { ALERT_KINDS, type AlertKind } from './alertKinds.js';

/** So many alerts a site can have had; numbers of alerts stay below 2^31. */
const OF_A_SITE = 2 ** 14;
/** From here on: those of single servers and categories, then one for each condition. */
const SINGLE = 8192;
const CONDITIONS = 16_000;

/**
 * As the product's numbers hold the number of the site: an alert of a site below is not taken for one of the site that
 * shows it. Those of the failed synchronization come after this one.
 */
export function lastIdBefore(siteCode: string): number {
  return (Number.parseInt(siteCode, 36) + 1) * OF_A_SITE;
}

/** The number of the alert that was made `index`th, from 1 on, for a server or a category. */
export function singleId(siteCode: string, index: number): number {
  return lastIdBefore(siteCode) + SINGLE + ((index - 1) % (CONDITIONS - SINGLE));
}

/** The number of the alert of a condition; where it is about servers or categories it stands for all of them. */
export function conditionId(siteCode: string, kind: AlertKind): number {
  return lastIdBefore(siteCode) + CONDITIONS + ALERT_KINDS[kind].typeId;
}
