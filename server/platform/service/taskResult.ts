/**
 * What the Task Scheduler says of a task that did not start: results of its own, of the logon, and of the start of a
 * program.
 */
const RESULTS: ReadonlyMap<number, string> = new Map([
  [0x80070569, 'the account lacks the right "Log on as a batch job"; grant it in the local security policy'],
  [0x80070520, 'a policy forbids stored passwords (Network access: Do not allow storage of passwords and credentials)'],
  [0x8007052e, 'the password of the account is wrong'],
  [0x80070530, 'the account may not log on at this time'],
  [0x80070532, 'the password of the account has expired'],
  [0x80070533, 'the account is disabled'],
  [0x80070775, 'the account is locked'],
  [0x8004130f, 'no password of the account is stored for the task'],
  [0x80070002, 'Node.js was not found where the task expects it'],
  [0x80070003, 'the folder of the site or of Node.js was not found'],
  [0x80070005, 'the account may not start Node.js or use the folder of the site'],
  [0x8007010b, 'the folder of the site was not found'],
]);

/**
 * Runs, waits for its first run, was ended by us, is asked to start again, or the trigger of every five minutes found
 * it running: nothing that speaks of a failure.
 */
const HARMLESS: ReadonlySet<number> = new Set([
  ...[0, 75, 0x41300, 0x41301, 0x41303, 0x41306],
  ...[0x800710e0, 0x8004131f],
]);

/** The reason in the last result of a task, or undefined where that names none. */
export function taskResultReason(result: number): string | undefined {
  const code = result >>> 0;
  if (HARMLESS.has(code)) return undefined;
  return RESULTS.get(code) ?? `the last result of the task is 0x${code.toString(16).toUpperCase().padStart(8, '0')}`;
}
