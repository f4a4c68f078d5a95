/** Severities by name, with the numbers of SMS_SoftwareUpdate.Severity (configmgr.md section 2.2). */
export const SEVERITY = { None: 0, Low: 2, Moderate: 6, Important: 8, Critical: 10 } as const;

/** Name of a severity; `None` for a number that is none. */
export function severityName(severity: number): string {
  return Object.entries(SEVERITY).find((entry) => entry[1] === severity)?.[0] ?? 'None';
}
