import { DAY } from './addMonths.js';
import { Bundles } from './Bundles.js';
import type { Facts, Row, Site } from './model.js';

/** What is expired long enough leaves, unless a bundle that is still there holds it. */
export function removeOldExpired(rows: Site, facts: Facts): Site {
  const after = new Map(rows);
  const bundles = new Bundles(facts.stored);
  const holds = (bundle: Row, id: string): boolean =>
    bundles
      .revisions(bundle.id)
      .filter((one) => one.number === bundle.number)
      .flatMap((shown) => bundles.members(shown))
      .some((member) => member.id === id);
  const isHeld = (row: Row): boolean =>
    [...after.values()].some((other) => other.id !== row.id && !other.isRemoved && holds(other, row.id));
  const isDue = (row: Row): boolean =>
    row.reason !== 'none' &&
    !row.isRemoved &&
    facts.now - row.expiredSince >= facts.cleanupAgeDays * DAY &&
    !isHeld(row);
  for (let row = [...after.values()].find(isDue); row !== undefined; row = [...after.values()].find(isDue))
    after.set(row.id, { ...row, isRemoved: true });
  return after;
}
