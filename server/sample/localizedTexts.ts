import texts from './localized-texts.json' with { type: 'json' };
import type { UpdatePlan } from './UpdatePlanner.js';
import { escapeText } from './GeneratedDocument.js';

interface LanguageTexts {
  readonly language: string;
  readonly cumulative: string;
  readonly security: string;
  readonly update: string;
  readonly for: string;
  /** Description of an update that fixes quality; `{product}` is a place. */
  readonly quality: string;
  /** Description of a security update. */
  readonly safety: string;
}

const [english, ...others]: readonly LanguageTexts[] = texts;

/** How many languages there are texts for. */
export const LANGUAGE_COUNT = texts.length;

/** Where the texts may stop: a number of languages, and a number of characters that English alone may exceed. */
interface TextLimits {
  readonly languages: number;
  readonly chars: number;
}

/** LocalizedProperties in English and then in as many languages as the limits allow. */
export function localizedTexts(plan: UpdatePlan, limits: TextLimits): string {
  let xml = english === undefined ? '' : inLanguage(plan, english);
  for (const other of others.slice(0, limits.languages - 1)) {
    const more = inLanguage(plan, other);
    if (xml.length + more.length > limits.chars) break;
    xml += more;
  }
  return xml;
}

function inLanguage(plan: UpdatePlan, texts: LanguageTexts): string {
  const article = `https://support.microsoft.com/help/${plan.issue.kb}`;
  const description =
    plan.issue.severity === '' ? texts.quality.replace('{product}', plan.issue.line.product) : texts.safety;
  return (
    `<upd:LocalizedProperties><upd:Language>${texts.language}</upd:Language><upd:Title>` +
    `${escapeText(titleIn(plan, texts))}</upd:Title>` +
    `<upd:Description>${escapeText(description)}</upd:Description><upd:MoreInfoUrl>${article}</upd:MoreInfoUrl>` +
    '<upd:SupportUrl>https://support.microsoft.com/help/</upd:SupportUrl></upd:LocalizedProperties>'
  );
}

function titleIn(plan: UpdatePlan, texts: LanguageTexts): string {
  if (texts === english || plan.role === 'child') return plan.title;
  return plan.title
    .replace('Cumulative Update', texts.cumulative)
    .replace('Security Update', texts.security)
    .replace(/\bUpdate\b/, texts.update)
    .replace(' for ', ` ${texts.for} `);
}
