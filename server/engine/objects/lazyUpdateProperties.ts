import type { SoftwareUpdate } from '../../contract/generated/types.js';
import { findLanguage } from '../../criteria/languages.js';
import { readUpdateDocument } from '../../metadata/readUpdateDocument.js';

/** A document above this many bytes is not handed out as one text. */
const TEXT_LIMIT = 1024 * 1024;

/** The properties that the product fetches only without -Fast, out of the document itself. */
export function lazyUpdateProperties(xml: Uint8Array, update: SoftwareUpdate): Partial<SoftwareUpdate> {
  const metadata = readUpdateDocument(xml, update.CI_UniqueID);
  return {
    IsDigest: true,
    LocalizedEulas: [],
    LocalizedInformation: metadata.localizedProperties.map((texts) => ({
      DisplayName: texts.title, Description: texts.description, InformativeURL: texts.moreInfoUrl || metadata.moreInfoUrl, LocaleID: findLanguage(texts.language)?.lcid ?? 0,
      Language: texts.language,
    })),
    SDMPackageXML: xml.length > TEXT_LIMIT ? '' : Buffer.from(xml.buffer, xml.byteOffset, xml.byteLength).toString('utf8'),
    FileNames: metadata.files.map((file) => file.fileName),
  };
}
