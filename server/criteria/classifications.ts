import type { CategoryNode } from './subscription.js';

/** Ids of the classifications that decisions depend on (wsus-protocol section 2.5). */
export const CLASSIFICATION = {
  criticalUpdates: 'e6cf1350-c01b-414d-a61f-263d14d133b4',
  definitionUpdates: 'e0789628-ce08-4437-be74-2495b842f43b',
  featurePacks: 'b54e7d24-7add-428f-8b75-90a396fa584f',
  securityUpdates: '0fa1201d-4330-4fa8-8ae9-b877473b6441',
  servicePacks: '68c5b0a3-d1a6-4553-ae49-01d3a7827828',
  tools: 'b4832bd8-e735-4761-8daf-37f882276dab',
  updateRollups: '28bc880e-0592-4cbf-8f95-c79b17911d5f',
  updates: 'cd5ffd1e-e932-4e3a-bf74-18bf0b1bbd83',
  upgrades: '3689bdc8-b205-4af4-8d4a-a63924c5e9d5',
} as const;

/** The nine that Configuration Manager supports; others are shown but cannot be subscribed. */
export const SUPPORTED_CLASSIFICATIONS: ReadonlySet<string> = new Set(Object.values(CLASSIFICATION));

/** Names in the order of a table such as `CLASSIFICATION`. */
const namesOf = (table: object): readonly string[] =>
  Object.keys(table).map((key) =>
    key.replace(/^[a-z]|[A-Z]/g, (letter, at) => (at === 0 ? letter.toUpperCase() : ` ${letter}`)),
  );

/** The names of the nine, for the time before the first synchronization. */
export const SUPPORTED_NAMES: readonly string[] = namesOf(CLASSIFICATION);

/** What WSUS has beside them. */
const UNSUPPORTED = {
  applications: '5c9376ab-8ce6-464a-b136-22113dd69801',
  drivers: 'ebfc1fc5-71a4-4f7b-9aca-3b9a503104a0',
  driverSets: '77835c8d-62a7-41f5-82ad-f28d1af1e3b1',
} as const;

const known = (table: object, isSupported: boolean): readonly CategoryNode[] =>
  Object.values(table).map((id: string, index) => ({
    id,
    type: 'UpdateClassification',
    title: namesOf(table)[index] ?? id,
    parentId: '',
    allowSubscription: isSupported,
  }));

/** All that WSUS has, under their English names. */
export const KNOWN_CLASSIFICATIONS: readonly CategoryNode[] = [
  ...known(CLASSIFICATION, true),
  ...known(UNSUPPORTED, false),
];

const WINDOWS_FAMILY = '6964aab4-c5b5-43bd-a17d-ffb4346a8e1d';
/** Microsoft 365 Apps, Office 2019 and later: what the product calls Office 365. */
const OFFICE_365 = '30eb551c-6288-4716-9a78-f300ec36d72b';
const FEATURE: ReadonlySet<string> = new Set([
  CLASSIFICATION.upgrades,
  CLASSIFICATION.updateRollups,
  CLASSIFICATION.servicePacks,
]);

/** Default maximum run times in minutes, by kind of update. */
interface MaxRunTimes {
  readonly feature: number;
  readonly nonFeature: number;
  readonly nonWindows: number;
}

/**
 * The default of an update in minutes, from the ids of its categories and of all above them (configmgr.md section 4.8):
 * feature updates by
 * classification whatever their product, then Windows and Office 365, then all others.
 */
export function maxRunTimeOf(categoryIds: readonly string[], defaults: MaxRunTimes): number {
  if (categoryIds.some((id) => FEATURE.has(id))) return defaults.feature;
  return categoryIds.includes(WINDOWS_FAMILY) || categoryIds.includes(OFFICE_365)
    ? defaults.nonFeature
    : defaults.nonWindows;
}
