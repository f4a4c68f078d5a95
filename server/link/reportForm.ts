import type { LinkReport, LinkState } from '../contract/generated/types.js';

/** The first version of the site link whose reports have findings, the names of links, and durations. */
const WITH_FINDINGS = 2;

/** A report as a parent of that version of the link takes it: it refuses properties that it does not know. */
export function reportFor(version: number, report: LinkReport): LinkReport {
  if (version >= WITH_FINDINGS) return report;
  const known = {
    ...report,
    statuses: report.statuses.map((row) => ({ ...row })),
    alerts: report.alerts.map(asKnown),
  };
  delete known.findings;
  for (const row of known.statuses) {
    delete row.ReplicationLinkStatusName;
    delete row.MeanDurationSeconds;
    delete row.DurationDeviationSeconds;
  }
  return known;
}

/** An alert without what such a parent does not know of it. */
function asKnown(alert: LinkReport['alerts'][number]): LinkReport['alerts'][number] {
  const known = { ...alert };
  delete known.Condition;
  delete known.Limit;
  delete known.LimitUnit;
  delete known.NextStep;
  return known;
}

/** The first version of the site link whose states say how alerts are sent. */
const WITH_NOTIFICATION = 3;

/** A state as a node of that version of the link takes it: it refuses properties that it does not know. */
export function stateFor(version: number, state: LinkState): LinkState {
  if (version >= WITH_NOTIFICATION) return state;
  const { smtpPassword: _password, ...known } = state;
  const { notification: _notification, ...settings } = known.settings;
  return { ...known, settings };
}
