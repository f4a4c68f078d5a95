import { guidOf, type DocumentParts } from '../../fixtures/updateDocuments.js';
import { CRITICAL, OFFICE_2019, SECURITY, update, UPGRADES, WINDOWS_10, WINDOWS_11 } from '../../engine/catalogue.js';

export const DEFINITIONS = 'e0789628-ce08-4437-be74-2495b842f43b';
/** A day of 2024. */
export const month = (number: number, day = 1): string => new Date(Date.UTC(2024, number - 1, day)).toISOString();
/** A child of bundles: it names no categories and cannot be deployed by itself. */
export const child = (number: number, over: Partial<DocumentParts> = {}): DocumentParts =>
  update(number, { deployable: false, categories: [], ...over });
/** What a bundle names: numbers and revisions. */
export const holds = (...members: readonly (readonly [number, number])[]): DocumentParts['bundles'] =>
  members.map(([number, revision]) => ({ id: guidOf(number), revision }));
/** Updates with the numbers from first to last. */
export const many = (from: number, to: number, over: (number: number) => Partial<DocumentParts>): DocumentParts[] =>
  Array.from({ length: to - from + 1 }, (_unused, index) => update(from + index, over(from + index)));

/** The updates that the upstream has at the beginning. */
export const FIRST: readonly DocumentParts[] = [
  // A chain of cumulative updates, one a month, each naming all before it; 5 names only 4.
  ...many(1, 4, (number) => ({
    created: month(number),
    supersedes: Array.from({ length: number - 1 }, (_unused, index) => guidOf(index + 1)),
  })),
  update(5, { created: month(5), supersedes: [guidOf(4)] }),
  // A cycle, one that names itself, two that name each other, one that names what nobody has.
  update(7, { created: month(1), supersedes: [guidOf(8)] }),
  update(8, { created: month(2), supersedes: [guidOf(9)] }),
  update(9, { created: month(3), supersedes: [guidOf(7)] }),
  update(10, { supersedes: [guidOf(10)] }),
  update(11, { created: month(5), supersedes: [guidOf(12)] }),
  update(12, { created: month(5), supersedes: [guidOf(11)] }),
  update(13, { supersedes: [guidOf(999)] }),
  update(14, { publicationState: 'Expired' }),
  update(15, { deployable: false }),
  update(16, { categories: [WINDOWS_11] }),
  ...many(20, 29, (number) => ({ categories: [WINDOWS_10, SECURITY], created: month(4, number) })),
  ...many(30, 35, () => ({ categories: [OFFICE_2019, CRITICAL] })),
  // Feature updates and definitions, each superseding the one before.
  ...many(37, 39, (number) => ({
    categories: [WINDOWS_11, UPGRADES],
    created: month(number - 36),
    supersedes: [guidOf(number - 1)],
  })),
  ...many(40, 44, (number) => ({
    categories: [WINDOWS_11, DEFINITIONS],
    created: month(number - 39),
    supersedes: [guidOf(number - 1)],
  })),
  // Bundles of three levels; 60 to 71 are children, 66 is an update of its own too.
  child(60),
  child(61),
  child(62, { bundles: holds([63, 1], [64, 1]) }),
  child(63, { bundles: holds([65, 1]) }),
  child(64),
  child(65),
  update(66),
  ...[67, 68, 69].map((number) => child(number)),
  update(50, { bundles: holds([60, 1], [61, 1]) }),
  update(51, { bundles: holds([62, 1]) }),
  update(52, { bundles: holds([66, 1], [67, 1]) }),
  update(53, { bundles: holds([68, 1], [61, 1]) }),
  update(54, { publicationState: 'Expired', bundles: holds([69, 1]) }),
];
