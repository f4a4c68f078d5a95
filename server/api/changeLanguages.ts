import { languageMeant } from '../criteria/languageMeant.js';
import { LANGUAGES } from '../criteria/languages.js';
import { closestNames } from '../criteria/names.js';
import { SyncError } from '../errors/SyncError.js';

/** Names or codes to add and to remove, and where what the administrator is told goes. */
interface LanguageChange {
  readonly add: readonly string[] | undefined;
  readonly remove: readonly string[] | undefined;
  readonly warnings: string[];
}

/**
 * The culture codes of a language set (`summary detail`, `update file`) after names or codes were added and removed.
 * @throws SyncError UnknownLanguage, LanguageSetEmpty, ContradictoryParameters
 */
export function changeLanguages(codes: readonly string[], set: string, change: LanguageChange): readonly string[] {
  const { add = [], remove = [], warnings } = change;
  const removed = new Set(remove.map(languageCode));
  const added = add.map(languageCode);
  const both = add.find((name) => removed.has(languageCode(name)));
  if (both !== undefined)
    throw new SyncError('ContradictoryParameters', {
      reason: `The ${set} language ${both} is both added and removed`,
    });
  const next = [...new Set([...codes, ...added])].filter((code) => !removed.has(code));
  if (next.length === 0) throw new SyncError('LanguageSetEmpty', { set });
  for (const name of remove)
    if (!codes.includes(languageCode(name)))
      warnings.push(`The ${set} language ${name} was not chosen, so nothing was removed for it.`);
  return next;
}

/** The culture code of what somebody calls a language. @throws SyncError UnknownLanguage, which names codes. */
export function languageCode(name: string): string {
  const language = languageMeant(name);
  if (language === undefined)
    throw new SyncError('UnknownLanguage', {
      name,
      closest: closestNames(
        name,
        LANGUAGES.map((entry) => entry.name),
      )
        .map((closest) => `${closest}: ${languageMeant(closest)?.code ?? ''}`)
        .join('; '),
    });
  return language.code;
}
