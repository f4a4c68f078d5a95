import type { SoftwareUpdate } from '../contract/generated/types.js';
import { printable } from '../platform/printable.js';
import { TEXTS } from './texts.js';

/** What an update is called: also one that has no title, or of which only the number is left. */
export function titleOf({ LocalizedDisplayName: title, CI_ID: id }: Titled): string {
  return printable(title).trim() === '' ? TEXTS.update.untitled(id) : title;
}

type Titled = Pick<SoftwareUpdate, 'LocalizedDisplayName' | 'CI_ID'>;
