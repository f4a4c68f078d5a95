import type { SoftwareUpdateRow } from '../../server/criteria/SoftwareUpdateRow.js';
import { FLAG, KIND, RELATION } from '../../server/store/rows.js';
import type { CategoryRow, RelationRow, RevisionRow } from '../../server/store/rows.js';
import { guidOf } from '../fixtures/updateDocuments.js';

export function sampleRevision(number: number, over: Partial<RevisionRow> = {}): RevisionRow {
  return {
    updateId: guidOf(number),
    revisionNumber: 1,
    kind: KIND.software,
    expired: false,
    flags: FLAG.explicitlyDeployable,
    title: `Update ${number}`,
    description: `About ${number}`,
    language: 'en',
    articleId: String(5_000_000 + number),
    bulletinId: '',
    severity: 8,
    created: Date.UTC(2024, 0, 1) + number,
    size: 1000 + number,
    url: 'https://example.test/',
    locales: 'en,de',
    eulaId: '',
    categoryType: '',
    location: { segment: 4096, position: number * 10, length: 10 },
    stored: 0,
    relations: [],
    ...over,
  };
}

export function sampleCategory(
  categoryId: number,
  over: Partial<CategoryRow> & Pick<CategoryRow, 'updateKey' | 'updateId' | 'revisionId' | 'title'>,
): CategoryRow {
  return {
    categoryId,
    typeName: 'Product',
    parentId: 0,
    allowSubscription: true,
    prohibitsUpdates: false,
    isSubscribed: false,
    ...over,
  };
}

export function sampleUpdate(
  ciId: number,
  over: Partial<SoftwareUpdateRow> & Pick<SoftwareUpdateRow, 'updateKey' | 'revisionId'>,
): SoftwareUpdateRow {
  return {
    ciId,
    revisionNumber: 1,
    ciVersion: 1,
    isExpired: false,
    isSuperseded: false,
    isHidden: false,
    isBundle: false,
    created: 10,
    modified: 20,
    maxExecutionSeconds: 600,
    standing: 0,
    expiryReason: 0,
    expiredSince: 0,
    supersededSince: 0,
    isRemoved: false,
    isDeclined: false,
    customSeverity: 0,
    ...over,
  };
}

export function relation(kind: keyof typeof RELATION, updateId: string, revisionNumber = 0, clause = 0): RelationRow {
  return { kind: RELATION[kind], clause, updateId, revisionNumber };
}
