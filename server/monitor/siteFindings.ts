import { unkeptText } from '../state/keeper.js';
import type { Finding, HealthFacts } from './HealthFacts.js';
import { timeText } from './healthText.js';

/** What is wrong with the site that answers beside its software update points. */
export function siteFindings(facts: HealthFacts): readonly Finding[] {
  const degraded = [unkept(facts), notByItself(facts), ...(facts.lastRun?.Warnings ?? [])];
  return [
    ...facts.damage.map((text): Finding => ({ state: 'Broken', text })),
    ...degraded.flatMap((text): Finding[] => (text === undefined ? [] : [{ state: 'Degraded', text }])),
  ];
}

/** What stands between this site and the one above: once, however many software update points the site has. */
export function parentFindings({ parent, siteCode, zone }: HealthFacts): readonly Finding[] {
  if (parent === undefined) return [];
  const above = `its parent site ${parent.siteCode}`;
  if (parent.revoked !== '') {
    const { lost } = parent;
    const cut = lost && ` and has had no contact with it since ${timeText(lost.since, zone)}`;
    const text =
      `Site ${siteCode} was revoked by ${above}${cut ?? ''}: ` +
      'make it anew with another join token if it is still meant.';
    return [{ state: 'Broken', text }];
  }
  if (parent.lost === undefined) return [];
  const { since, reason } = parent.lost;
  const text = `Site ${siteCode} has had no contact with ${above} since ${timeText(since, zone)}: ${reason}`;
  return [{ state: 'Degraded', text }];
}

function unkept({ keeper, siteCode, next, parent, hasNodes }: HealthFacts): string | undefined {
  return unkeptText(keeper, {
    siteCode,
    hasTime: next.time !== undefined,
    isChild: parent !== undefined,
    hasNodes,
  });
}

/** A site without a source is meant to take packages; one that has a source and a service is not meant to wait. */
function notByItself({ keeper, siteCode, next, parent, rhythm }: HealthFacts): string | undefined {
  const isMeant = !rhythm.hasSource || parent !== undefined || keeper !== 'Service';
  return next.time !== undefined || isMeant
    ? undefined
    : `Site ${siteCode} does not synchronize by itself: ${next.reason}.`;
}
