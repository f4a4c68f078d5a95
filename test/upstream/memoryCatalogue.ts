import { type ServedCatalogue, type ServedDocument, servedList } from '../../server/downstream/ServedCatalogue.js';
import { identityKey, type UpdateIdentity } from '../../server/metadata/UpdateIdentity.js';

/** A catalogue in memory: identities and documents that are easy to compare. */
export interface MemoryCatalogue extends ServedCatalogue {
  readonly identities: readonly UpdateIdentity[];
  readonly texts: Map<string, string>;
  serverId: string;
}

/** A GUID that shows its number. */
export function guid(number: number): string {
  return `${number.toString(16).padStart(8, '0')}-1111-4222-8333-444455556666`;
}

export function memoryCatalogue(count: number, textOf: (index: number) => string = defaultText): MemoryCatalogue {
  const identities = Array.from({ length: count }, (_, index) => ({
    updateId: guid(index),
    revisionNumber: 100 + (index % 3),
  }));
  const texts = new Map(identities.map((identity, index) => [identityKey(identity), textOf(index)]));
  return {
    serverId: 'server-1',
    identities,
    texts,
    configuration: () =>
      Promise.resolve({
        anchor: '1,2026-01-01 00:00:00.000',
        languages: [{ languageId: 1033, shortLanguage: 'en', longLanguage: 'English & more', enabled: true }],
      }),
    currentAnchor: () => Promise.resolve('2,2026-01-02 00:00:00.000'),
    async *hiddenUpdates() {
      yield await Promise.resolve([guid(0xdead)]);
    },
    listRevisions: (filter) =>
      Promise.resolve(
        servedList('2,2026-01-02 00:00:00.000', filter.anchor === '2,2026-01-02 00:00:00.000' ? [] : identities),
      ),
    currentRevisions: (wanted) => Promise.resolve(identities.filter((identity) => wanted.includes(identity.updateId))),
    documents: (wanted) =>
      Promise.resolve(wanted.map((identity) => document(identity, texts.get(identityKey(identity))))),
  };
}

function defaultText(index: number): string {
  return (
    `<Update xmlns="urn:x"><Title a="1">Update &amp; ${index} — ü 漢 ` +
    `😀</Title>${'<p>text</p>'.repeat(300)}</Update>`
  );
}

function document(identity: UpdateIdentity, text: string | undefined): ServedDocument | undefined {
  if (text === undefined) return undefined;
  const digest = Buffer.from(identity.updateId).toString('base64');
  return {
    identity,
    xml: Buffer.from(text),
    fileUrls: [{ digest, muUrl: `http://mu/${identity.updateId}?a=1&b=2`, ussUrl: '' }],
  };
}
