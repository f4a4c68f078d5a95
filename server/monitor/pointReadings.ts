import type { AlertReading } from './AlertFacts.js';
import type { HealthFacts } from './HealthFacts.js';
import { type PointHealth, pointsHealth } from './pointHealth.js';
import { parentFindings } from './siteFindings.js';

/** What is seen of the software update points: how this one stands to what it follows, and those that follow it. */
export function pointReadings(facts: HealthFacts): readonly AlertReading[] {
  const [, ...others] = pointsHealth(facts);
  return [...ownLink(facts), ...others.flatMap((point) => followerReading(point, facts))];
}

function ownLink(facts: HealthFacts): AlertReading[] {
  const { parent, rows } = facts;
  const [finding] = parentFindings(facts);
  if (parent === undefined || finding === undefined) return [];
  const kind = parent.revoked === '' ? 'PointSilent' : 'PointRevoked';
  return [{ kind, about: rows[0]?.WSUSServerName ?? '', since: parent.lost?.since, cause: finding.text }];
}

function followerReading({ row, finding, isFollowing }: PointHealth, { rows }: HealthFacts): AlertReading[] {
  if (finding === undefined || isFollowing) return [];
  const link = rows.find(({ WSUSServerName }) => WSUSServerName === row.WSUSServerName)?.ReplicationLinkStatus;
  const of = { about: row.WSUSServerName, cause: finding.text };
  const outOfStep = { kind: 'PointOutOfStep', ...of } as const;
  // Of one that is silent nobody knows whether it is in step again.
  if (link === 2)
    return [
      { kind: 'PointSilent', since: sinceOf(row), ...of },
      { ...outOfStep, isUnknown: true },
    ];
  return [{ ...outOfStep, since: sinceOf(row) }];
}

/** One that fails has not been out of step since its last success: then it lasts since it was first seen. */
function sinceOf({ Since, LastSuccessfulSyncTime }: PointHealth['row']): number | undefined {
  return Since === null || Since === LastSuccessfulSyncTime ? undefined : Date.parse(Since);
}
