import type { SoftwareUpdate, UpdateLocalizedEula } from '../../contract/generated/types.js';
import { findLanguage } from '../../criteria/languages.js';
import type { EulaFile } from '../../metadata/UpdateMetadata.js';
import { readUpdateDocument } from '../../metadata/readUpdateDocument.js';
import { decodeText } from '../../metadata/decodeText.js';
import type { LicenseTermsStore } from '../../store/LicenseTermsStore.js';

/** A document above this many bytes is not handed out as one text. */
const TEXT_LIMIT = 1024 * 1024;

/** The properties that the product fetches only without -Fast, out of the document itself. */
export async function lazyUpdateProperties(
  xml: Uint8Array,
  update: SoftwareUpdate,
  terms: Pick<LicenseTermsStore, 'read'>,
): Promise<Partial<SoftwareUpdate>> {
  const metadata = readUpdateDocument(xml, update.CI_UniqueID);
  return {
    IsDigest: true,
    LocalizedEulas: await Promise.all(
      metadata.eulaFiles.map(async (file) => eulaOf(file, await terms.read(file.digest))),
    ),
    LocalizedInformation: metadata.localizedProperties.map((texts) => ({
      DisplayName: texts.title,
      Description: texts.description,
      InformativeURL: texts.moreInfoUrl || metadata.moreInfoUrl,
      LocaleID: findLanguage(texts.language)?.lcid ?? 0,
      Language: texts.language,
    })),
    SDMPackageXML:
      xml.length > TEXT_LIMIT ? '' : Buffer.from(xml.buffer, xml.byteOffset, xml.byteLength).toString('utf8'),
    FileNames: metadata.files.map((file) => file.fileName),
  };
}

/** Licence terms in one language; the id is made of the digest, so that the same text has the same one. */
function eulaOf(file: EulaFile, text: Uint8Array | undefined): UpdateLocalizedEula {
  const id = Buffer.from(file.digest, 'base64');
  return {
    EULAContentID: id.length < 4 ? 0 : id.readUInt32BE(0) >>> 1,
    EULAText: text === undefined ? '' : decodeText(text),
    LocaleID: findLanguage(file.language)?.lcid ?? 0,
    Language: file.language,
  };
}
