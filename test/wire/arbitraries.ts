import fc from 'fast-check';
import { guid } from '../upstream/memoryCatalogue.js';

/** Text as XML can carry it, rich in what needs escaping. */
export const text = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '<',
        '>',
        '&',
        '"',
        "'",
        ']]>',
        '<![CDATA[',
        '&lt;',
        '&amp;lt;',
        '&#65;',
        '\n',
        '\r\n',
        '\t',
        ' ',
        'ü',
        '漢',
        '😀',
        '<!--',
        '</a>',
      ),
      fc.string({ maxLength: 4 }).filter((part) => !/[\u0000-\u001f\ufffe\uffff]/.test(part)),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''));

/** Text without white space at its ends, for fields that readers trim. */
export const word = text.map((value) => value.trim());

export const base64 = fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes).toString('base64'));
export const identity = fc.record({ updateId: fc.nat().map(guid), revisionNumber: fc.nat(2_147_483_647) });
export const soap = fc.constantFrom('1.1' as const, '1.2' as const);
export const cookie = fc.record({ expiration: fc.constant('2026-01-01T00:00:00.000Z'), encryptedData: base64 });
export const language = fc.record({
  languageId: fc.nat(99999),
  shortLanguage: text,
  longLanguage: text,
  enabled: fc.boolean(),
});
export const fileUrl = fc.record({ digest: base64, muUrl: text, ussUrl: text });

export const filter = fc.record({
  config: fc.boolean(),
  anchor: text,
  categories: fc.array(fc.record({ id: fc.nat().map(guid), delta: fc.boolean() }), { maxLength: 4 }),
  classifications: fc.array(fc.record({ id: fc.nat().map(guid), delta: fc.boolean() }), { maxLength: 4 }),
  languages: fc.array(fc.record({ id: fc.nat(99999), delta: fc.boolean() }), { maxLength: 4 }),
});

export const configData = fc.record({
  catalogOnlySync: fc.boolean(),
  lazySync: fc.boolean(),
  serverHostsPsfFiles: fc.boolean(),
  maxNumberOfComputerIdsInRequest: fc.nat(),
  maxNumberOfDriverSetsPerRequest: fc.nat(),
  maxNumberOfPnpHardwareIdsInRequest: fc.nat(),
  maxNumberOfUpdatesPerRequest: fc.nat(),
  newConfigAnchor: text,
  protocolVersion: word,
  languages: fc.array(language, { maxLength: 4 }),
  maxUpdatesPerRequestInGetUpdateDecryptionData: fc.nat(),
});
