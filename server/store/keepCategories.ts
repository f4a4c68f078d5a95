import type { SiteDatabase } from './SiteDatabase.js';
import type { CategoryRow } from './rows.js';

type Parts = Pick<SiteDatabase, 'categories' | 'commit'>;

interface KeptCategories extends Parts {
  /** They are read again: somebody else has changed them. */
  readonly forgetCategories: () => void;
}

/**
 * The categories of a database, read once: nearly every request asks for them, and they change seldom. What commits
 * them is made to have them read again.
 */
export function keepCategories(database: Parts): KeptCategories {
  let kept: Promise<readonly CategoryRow[]> | undefined;
  const read = async (): Promise<readonly CategoryRow[]> => {
    const reading = database.categories();
    kept = reading;
    // What could not be read may be there the next time.
    reading.catch(() => (kept = undefined));
    return reading;
  };
  return {
    categories: async () => kept ?? read(),
    forgetCategories: () => (kept = undefined),
    commit: async (changes) => {
      if (changes.categories === undefined) return database.commit(changes);
      kept = undefined;
      try {
        await database.commit(changes);
      } finally {
        // What was read while the change waited for its turn is not what is there now.
        kept = undefined;
      }
    },
  };
}
