import type { UpdateDraft } from './UpdateDraft.js';
import { CLOSE, type ElementReader } from '../xml/ElementReader.js';
import { UPDATE_NAMESPACE } from './UpdateMetadata.js';

/** Attributes of Properties that the site works with. */
export const PROPERTY_ATTRIBUTES = [
  'UpdateType',
  'PublicationState',
  'CreationDate',
  'DefaultPropertiesLanguage',
  'MsrcSeverity',
  'EulaID',
  'Handler',
  'ExplicitlyDeployable',
  'IsPublic',
  'IsBeta',
  'OSUpgrade',
  'IsMandatory',
  'PerUser',
  'MaxDownloadSize',
  'MinDownloadSize',
];

/** Reads Properties: its attributes, and the children the site shows. */
export function readProperties(scanner: ElementReader, draft: UpdateDraft): void {
  const attributes = new Map<string, string>();
  for (const name of PROPERTY_ATTRIBUTES) {
    const value = scanner.attribute(name);
    if (value !== undefined) attributes.set(name, value);
  }
  draft.attributes = attributes;
  while (scanner.next() !== CLOSE) readProperty(scanner, draft);
}

function readProperty(scanner: ElementReader, draft: UpdateDraft): void {
  switch (scanner.nameIn(UPDATE_NAMESPACE)) {
    case 'InstallationBehavior':
      readBehavior(scanner, draft);
      return;
    case 'MoreInfoUrl': {
      const url = scanner.text();
      draft.moreInfoUrl ||= url;
      return;
    }
    case 'SupportUrl': {
      const url = scanner.text();
      draft.supportUrl ||= url;
      return;
    }
    case 'SecurityBulletinID':
      draft.securityBulletinIds.push(scanner.text());
      return;
    case 'CveID':
      draft.cveIds.push(scanner.text());
      return;
    case 'KBArticleID':
      draft.kbArticleIds.push(scanner.text());
      return;
    case 'Language':
      draft.languages.push(scanner.text());
      return;
    default:
      scanner.skip();
  }
}

function readBehavior(scanner: ElementReader, draft: UpdateDraft): void {
  draft.rebootBehavior = scanner.attribute('RebootBehavior') ?? '';
  draft.impact = scanner.attribute('Impact') ?? '';
  draft.canRequestUserInput = scanner.attribute('CanRequestUserInput') === 'true';
  scanner.skip();
}
