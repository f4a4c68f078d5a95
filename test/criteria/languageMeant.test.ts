import { expect } from 'chai';
import { languageMeant } from '../../server/criteria/languageMeant.js';
import { LANGUAGES } from '../../server/criteria/languages.js';

const names: Readonly<Record<string, readonly string[]>> = {
  'zh-cn': [
    'Chinese (Simplified)',
    'Chinese (China)',
    'Chinese (Simplified, China)',
    'zh-Hans',
    'zh-Hans-CN',
    'zh',
    '2052',
  ],
  'zh-tw': [
    'Chinese (Traditional)',
    'Chinese (Taiwan)',
    'Chinese (Traditional, Taiwan)',
    'zh-Hant',
    'zh-Hant-TW',
    'zh-CHT',
  ],
  'zh-hk': [
    'Chinese (Hong Kong SAR)',
    'Chinese - Hong Kong SAR',
    'Chinese (Hong Kong SAR China)',
    'Chinese (Traditional, Hong Kong SAR China)',
    'zh-Hant-HK',
    'zh_HK',
  ],
  pt: ['Portuguese (Portugal)', 'pt-PT', 'Portuguese (Angola)'],
  'pt-br': ['Portuguese (Brazil)', 'Portuguese - Brazil', 'pt-BR', 'pt_br'],
  sr: ['Serbian (Latin)', 'Serbian (Latin, Serbia)', 'sr-Latn-RS', 'sr-Latn-CS'],
  ja: ['Japanese NEC', 'ja-nec', 'Japanese (Japan)', 'ja-JP', ' japanese '],
  no: ['nb', 'nb-NO', 'Norwegian Bokmål (Norway)', 'Norwegian, Bokmål (Norway)', 'Norwegian (Bokmål)', 'nn-NO'],
  en: ['en-US', 'EN', 'English (United States)', '1033'],
  fr: ['fr-FR', 'French (Canada)', 'fr-CA'],
  es: ['Spanish (Spain, International Sort)', 'es-419'],
  he: ['iw', 'he-IL', 'Hebrew (Israel)'],
};

describe('criteria: the language that somebody means', () => {
  for (const [code, wanted] of Object.entries(names)) {
    it(`${code} by ${wanted.join(', ')}`, () => {
      expect(wanted.map((name) => languageMeant(name)?.code)).to.deep.equal(wanted.map(() => code));
    });
  }

  it('is each of the component by name, code and number', () => {
    for (const language of LANGUAGES)
      for (const text of [language.name, language.code, String(language.lcid)])
        expect(languageMeant(text), text).to.equal(language);
  });

  it('is none for a language that the component lacks', () => {
    for (const text of [
      'Klingon',
      'tlh',
      'xx-US',
      'eu-ES',
      'Basque (Spain)',
      '',
      'Englisch',
      '99',
      'zh-XX',
      'Chinese (Mars)',
      'French is it',
    ])
      expect(languageMeant(text), text).to.equal(undefined);
  });

  it('is what .NET calls it by the names of this platform, region by region', () => {
    const shown = new Intl.DisplayNames('en', { type: 'language', languageDisplay: 'standard' });
    const regions = ['de-DE', 'el-GR', 'cs-CZ', 'ko-KR', 'tr-TR', 'uk-UA', 'lv-LV', 'sl-SI', 'th-TH', 'ar-SA', 'hi-IN'];
    for (const code of regions) expect(languageMeant(shown.of(code) ?? '')?.code, code).to.equal(code.slice(0, 2));
  });
});
