import { keepAdvice, unkeptText, whyUnkept } from '../state/keeper.js';
import type { Finding, HealthFacts, SiteFacts } from './HealthFacts.js';
import { timeText } from './healthText.js';

/** What is wrong with the site that answers beside its software update points. */
export function siteFindings(facts: SiteFacts): readonly Finding[] {
  const degraded = [unkept(facts), notByItself(facts), ...undelivered(facts), ...(facts.lastRun?.Warnings ?? [])];
  return [
    ...facts.damage.map((text): Finding => ({ state: 'Broken', text })),
    ...degraded.flatMap((text): Finding[] => (text === undefined ? [] : [{ state: 'Degraded', text }])),
  ];
}

/** What stands between this site and the one above: once, however many software update points the site has. */
export function parentFindings(facts: HealthFacts): readonly Finding[] {
  const { parent, zone } = facts;
  if (parent === undefined) return [];
  const { lost, revoked } = parent;
  const what = selfText(facts);
  const above = aboveText(facts);
  if (revoked !== '') {
    const cut = lost && ` and has had no contact with it since ${timeText(lost.since, zone)}`;
    const next = 'if you still need it, create it again with a new join token';
    return [{ state: 'Broken', text: `${what} was revoked by its ${above}${cut ?? ''}: ${next}.` }];
  }
  if (lost === undefined) return [];
  const text = `${what} has had no contact with its ${above} since ${timeText(lost.since, zone)}: ${lost.reason}`;
  return [{ state: 'Degraded', text }];
}

/** A further software update point has the code of the site that it follows. */
export function isPoint({ parent, siteCode }: SiteFacts): boolean {
  return parent?.siteCode === siteCode;
}

function selfText(facts: HealthFacts): string {
  const [row] = facts.rows;
  return isPoint(facts) ? `The software update point ${row?.WSUSServerName ?? ''}` : `Site ${facts.siteCode}`;
}

/** What it follows: `parent site PAR`, `site CS1`. */
export function aboveText(facts: HealthFacts): string {
  return `${isPoint(facts) ? '' : 'parent '}site ${facts.parent?.siteCode ?? ''}`;
}

/** Alerts that do not reach whom they are for: nobody else would say so. */
export function undelivered({ outbox, keeper }: Pick<SiteFacts, 'outbox' | 'keeper'>): readonly string[] {
  const { waiting, failing, dead, lost } = outbox;
  const test = 'Test it with Test-CMSyncAlertSubscription (configmgrsync subscription test).';
  const unkeptBy = whyUnkept(keeper);
  return [
    ...(lost === undefined ? [] : [`${counted(dead)} could not be delivered to ${lost.name}: ${lost.reason}. ${test}`]),
    ...(failing === undefined ? [] : [`Alerts cannot be delivered to ${failing.name} yet: ${failing.reason}. ${test}`]),
    ...(waiting === 0 || unkeptBy === undefined
      ? []
      : [`${counted(waiting)} will be delivered only while an engine runs: ${unkeptBy}. ${keepAdvice(keeper)}`]),
  ];
}

function counted(alerts: number): string {
  return alerts === 1 ? 'An alert' : `${alerts} alerts`;
}

/** That nobody keeps what the site has to keep. */
export function unkept(facts: SiteFacts): string | undefined {
  const { keeper, siteCode, next, parent, hasNodes, rhythm } = facts;
  return unkeptText(keeper, {
    siteCode,
    hasTime: next.time !== undefined,
    hasSchedule: rhythm.tokens.length > 0,
    isChild: parent !== undefined,
    isPoint: isPoint(facts),
    hasNodes,
  });
}

/** A site without a source is meant to take packages; one that has a source and a service is not meant to wait. */
function notByItself({ keeper, siteCode, next, parent, rhythm }: SiteFacts): string | undefined {
  const isMeant = !rhythm.hasSource || parent !== undefined || keeper !== 'Service';
  return next.time !== undefined || isMeant
    ? undefined
    : `Site ${siteCode} does not synchronize automatically: ${next.reason}.`;
}
