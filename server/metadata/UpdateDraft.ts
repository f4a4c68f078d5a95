import type { UpdateIdentity } from './UpdateIdentity.js';
import type {
  CategoryInformation,
  EulaFile,
  LocalizedProperties,
  PrerequisiteClause,
  UpdateFile,
} from './UpdateMetadata.js';

/** What is collected while the root element is read. */
export interface UpdateDraft {
  identity: UpdateIdentity | undefined;
  attributes: ReadonlyMap<string, string>;
  rebootBehavior: string;
  impact: string;
  canRequestUserInput: boolean;
  moreInfoUrl: string;
  supportUrl: string;
  kbArticleIds: string[];
  securityBulletinIds: string[];
  cveIds: string[];
  languages: string[];
  localizedProperties: LocalizedProperties[];
  eulaFiles: EulaFile[];
  prerequisites: PrerequisiteClause[];
  bundledUpdates: UpdateIdentity[][];
  supersededUpdates: string[];
  files: UpdateFile[];
  category: CategoryInformation | undefined;
}

/** An empty draft. */
export function newDraft(): UpdateDraft {
  return {
    identity: undefined,
    category: undefined,
    attributes: new Map(),
    rebootBehavior: '',
    impact: '',
    canRequestUserInput: false,
    moreInfoUrl: '',
    supportUrl: '',
    kbArticleIds: [],
    securityBulletinIds: [],
    cveIds: [],
    languages: [],
    localizedProperties: [],
    eulaFiles: [],
    prerequisites: [],
    bundledUpdates: [],
    supersededUpdates: [],
    files: [],
  };
}
