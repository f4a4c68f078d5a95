import type { StatusRule } from '../criteria/statusRules.js';
import type { SiteReads } from '../store/SiteDatabase.js';
import { readState, STATE, stateChange } from './siteState.js';

/** The rules for status messages, that of the highest priority first. */
export async function readStatusRules(database: SiteReads): Promise<readonly StatusRule[]> {
  const stored = await readState(database, STATE.statusRules);
  return stored?.form === 1 ? stored.rules : [];
}

/** The part of a transaction that stores them; the first ones are for messages that come from now on. */
export async function statusRulesChange(
  database: SiteReads,
  rules: readonly StatusRule[],
): Promise<Readonly<Record<string, unknown>>> {
  const isFirst = !(await readStatusRules(database)).some(({ isEnabled }) => isEnabled);
  const ruledUpTo = isFirst ? (await database.nextIds()).message - 1 : undefined;
  return stateChange({ statusRules: { form: 1, rules }, ruledUpTo });
}
