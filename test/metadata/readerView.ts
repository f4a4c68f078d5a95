import { readUpdateDocument } from '../../server/metadata/readUpdateDocument.js';

/** What our reader finds, in the shape of `oracleView`. */
export function readerView(xml: Uint8Array | string): unknown {
  const metadata = readUpdateDocument(typeof xml === 'string' ? Buffer.from(xml, 'utf8') : xml, 'the document');
  return {
    identity: metadata.identity,
    updateType: metadata.updateType,
    publicationState: metadata.publicationState,
    creationDate: metadata.creationDate,
    kbArticleIds: metadata.kbArticleIds,
    securityBulletinIds: metadata.securityBulletinIds,
    languages: metadata.languages,
    texts: metadata.localizedProperties.map(({ language, title, description }) => ({ language, title, description })),
    prerequisites: metadata.prerequisites,
    bundledUpdates: metadata.bundledUpdates,
    supersededUpdates: metadata.supersededUpdates,
    files: metadata.files.map(({ fileName, size, sha256 }) => ({ fileName, size, sha256 })),
    categoryType: metadata.category?.categoryType,
    prohibitsUpdates: metadata.category?.prohibitsUpdates,
  };
}
