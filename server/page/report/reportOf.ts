import { printableJson } from '../../platform/printable.js';
import { csvReport } from './csvReport.js';
import { htmlReport } from './htmlReport.js';
import type { ReportFacts, ReportFormat } from './ReportFacts.js';
import { textReport } from './textReport.js';

/** A report as one text. */
export async function reportOf(facts: ReportFacts, format: ReportFormat): Promise<string> {
  return FORMATS[format](facts);
}

const FORMATS: Readonly<Record<ReportFormat, (facts: ReportFacts) => string | Promise<string>>> = {
  Html: htmlReport,
  Csv: csvReport,
  Json: jsonReport,
  Text: textReport,
};

function jsonReport({ zone, ...facts }: ReportFacts): string {
  return `${printableJson({
    SiteCode: facts.siteCode,
    ServerName: facts.serverName,
    Since: facts.since,
    Time: facts.now,
    TimeZone: zone.name,
    Health: facts.health,
    NextSyncTime: facts.next.time,
    NextSyncReason: facts.next.reason,
    Runs: facts.runs,
    Changes: facts.changes,
    Warnings: facts.warnings,
  })}\n`;
}
