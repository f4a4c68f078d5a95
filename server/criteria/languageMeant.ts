import type { Language } from './languages.js';
import { findLanguage, LANGUAGES } from './languages.js';

/**
 * The language that somebody means: by the name or code of the component, by what upstream servers and the .NETs call
 * it, by its number. A region or script that has no language of its own falls back to the language: en-US and
 * "French (Canada)" are English and French. Undefined where no language is meant.
 */
export function languageMeant(text: string): Language | undefined {
  const wanted = text
    .normalize('NFD')
    .replace(/\p{Mark}/gu, '')
    .trim()
    .toLowerCase();
  return (
    findLanguage(wanted) ??
    LANGUAGES.find(({ lcid }) => String(lcid) === wanted) ??
    (/^[a-z]{2}([-_][a-z0-9]+)*$/.test(wanted) ? byCode(wanted.replaceAll('_', '-')) : byName(wanted))
  );
}

/** Languages that have another code elsewhere. */
const CODES: ReadonlyMap<string, string> = new Map([
  ['nb', 'no'],
  ['nn', 'no'],
  ['iw', 'he'],
  ['sh', 'sr'],
]);

function byCode(code: string): Language | undefined {
  const [language = '', ...parts] = code.split('-');
  if (language === 'zh') return findLanguage(chineseOf(parts.join(' ')));
  if (language === 'pt' && parts.includes('br')) return findLanguage('pt-br');
  return findLanguage(CODES.get(language) ?? language);
}

/** "Language (Region)", "Language - Region", "Language, Variant (Region)", "Language Variant". */
function byName(name: string): Language | undefined {
  const [, language = '', rest = ''] = /^([a-z]+)((?: [a-z]+)?(?:,[^(]*)?(?: ?\(.*\)| - .*)?)$/.exec(name) ?? [];
  if (language === 'chinese') return findLanguage(chineseOf(rest));
  if (language === 'portuguese' && rest.includes('brazil')) return findLanguage('pt-br');
  return findLanguage(language);
}

/** Which Chinese a region or script means; Hong Kong and Macao before Traditional, which they write too. */
function chineseOf(rest: string): string {
  if (/\b(hk|mo)\b|hong kong|macao|macau/.test(rest)) return 'zh-hk';
  if (/\b(tw|hant|cht)\b|taiwan|traditional/.test(rest)) return 'zh-tw';
  return /^$|\b(cn|sg|hans|chs)\b|china|singapore|simplified/.test(rest) ? 'zh-cn' : '';
}
