import { languageMeant } from '../criteria/languageMeant.js';
import { LANGUAGES } from '../criteria/languages.js';
import { closestNames } from '../criteria/names.js';
import { SyncError } from '../errors/SyncError.js';

/**
 * The culture codes of a language set (`summary detail`, `update file`) after names or codes were added and removed.
 * @throws SyncError UnknownLanguage, LanguageSetEmpty, ContradictoryParameters
 */
export function changeLanguages(
  codes: readonly string[],
  set: string,
  change: { add: readonly string[] | undefined; remove: readonly string[] | undefined },
): readonly string[] {
  const removed = new Set((change.remove ?? []).map(languageCode));
  const added = (change.add ?? []).map(languageCode);
  const both = (change.add ?? []).find((name) => removed.has(languageCode(name)));
  if (both !== undefined)
    throw new SyncError('ContradictoryParameters', {
      reason: `The ${set} language ${both} is to be added and removed`,
    });
  const next = [...new Set([...codes, ...added])].filter((code) => !removed.has(code));
  if (next.length === 0) throw new SyncError('LanguageSetEmpty', { set });
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
