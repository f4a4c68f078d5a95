import { UPDATE_NAMESPACE } from './namespaces.js';
import type { UpdateDraft } from './UpdateDraft.js';
import type { LocalizedProperties } from './UpdateMetadata.js';
import { CLOSE, type XmlScanner } from './XmlScanner.js';

/** Reads LocalizedPropertiesCollection; texts of languages that are not wanted are passed over unread. */
export function readLocalizedProperties(scanner: XmlScanner, draft: UpdateDraft, wants?: (language: string) => boolean): void {
  while (scanner.next() !== CLOSE) {
    if (scanner.nameIn(UPDATE_NAMESPACE) !== 'LocalizedProperties') { scanner.skip(); continue; }
    const properties = readOne(scanner, wants);
    if (properties !== undefined) draft.localizedProperties.push(properties);
  }
}

function readOne(scanner: XmlScanner, wants?: (language: string) => boolean): LocalizedProperties | undefined {
  const texts = { language: '', title: '', description: '', moreInfoUrl: '', supportUrl: '' };
  let unwanted = false;
  while (scanner.next() !== CLOSE) {
    const name = scanner.nameIn(UPDATE_NAMESPACE);
    if (name === 'Language') {
      texts.language = scanner.text().trim().toLowerCase();
      unwanted = wants?.(texts.language) === false;
    } else if (unwanted) scanner.skip();
    else readText(scanner, name, texts);
  }
  return unwanted ? undefined : texts;
}

function readText(scanner: XmlScanner, name: string, texts: { -readonly [Key in keyof LocalizedProperties]: string }): void {
  switch (name) {
    case 'Title': texts.title = scanner.text(); return;
    case 'Description': texts.description = scanner.text(); return;
    case 'MoreInfoUrl': { const url = scanner.text(); texts.moreInfoUrl ||= url; return; }
    case 'SupportUrl': texts.supportUrl = scanner.text(); return;
    default: scanner.skip();
  }
}
