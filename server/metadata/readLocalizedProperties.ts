import type { Steps } from '../platform/inTurns.js';
import type { UpdateDraft } from './UpdateDraft.js';
import { type EulaFile, type LocalizedProperties, UPDATE_NAMESPACE } from './UpdateMetadata.js';
import { CLOSE, type ElementReader } from '../xml/ElementReader.js';

/** Languages and files that are read in one step. */
const STEP = 200;

/**
 * Reads LocalizedPropertiesCollection, with the files of the licence terms; texts of languages that are not wanted are
 * passed over unread.
 */
export function* readLocalizedProperties(
  scanner: ElementReader,
  draft: UpdateDraft,
  wants?: (language: string) => boolean,
): Steps<void> {
  for (let read = 1; scanner.next() !== CLOSE; read += 1) {
    if (read % STEP === 0) yield;
    const name = scanner.nameIn(UPDATE_NAMESPACE);
    if (name === 'LocalizedProperties') {
      const properties = readOne(scanner, wants);
      if (properties !== undefined) draft.localizedProperties.push(properties);
      continue;
    }
    if (name === 'EulaFile') draft.eulaFiles.push(readEulaFile(scanner));
    scanner.skip();
  }
}

function readEulaFile(scanner: ElementReader): EulaFile {
  const text = (name: string): string => scanner.attribute(name) ?? '';
  return {
    fileName: text('FileName'),
    digest: text('Digest'),
    size: Number(text('Size')) || 0,
    language: text('Language').toLowerCase(),
  };
}

function readOne(scanner: ElementReader, wants?: (language: string) => boolean): LocalizedProperties | undefined {
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

function readText(
  scanner: ElementReader,
  name: string,
  texts: { -readonly [Key in keyof LocalizedProperties]: string },
): void {
  switch (name) {
    case 'Title':
      texts.title = scanner.text();
      return;
    case 'Description':
      texts.description = scanner.text();
      return;
    case 'MoreInfoUrl': {
      const url = scanner.text();
      texts.moreInfoUrl ||= url;
      return;
    }
    case 'SupportUrl':
      texts.supportUrl = scanner.text();
      return;
    default:
      scanner.skip();
  }
}
