import type { SiteDatabase } from '../SiteDatabase.js';
import type { CategoryRow } from '../rows.js';
import { JournaledWriter } from './JournaledWriter.js';
import type { WriterParts } from './JournaledWriter.js';
import { createQueries } from '../sql/createQueries.js';
import { inspectDatabase } from './inspectDatabase.js';

/** The site database in sql.js: reads in memory, writes through the journal. */
export function createEmbeddedDatabase(parts: WriterParts): SiteDatabase {
  const writer = new JournaledWriter(parts);
  const queries = createQueries(parts.connection, parts.identities, writer);
  // Asked for by nearly every request and changed seldom.
  let categories: Promise<readonly CategoryRow[]> | undefined;
  return {
    ...queries,
    categories: async () => (categories ??= queries.categories()),
    commit: async (changes) => {
      if (changes.categories === undefined) return writer.commit(changes);
      categories = undefined;
      try {
        await writer.commit(changes);
      } finally {
        // What was read while the change waited for its turn is not what is there now.
        categories = undefined;
      }
    },
    inspect: async (quick) => inspectDatabase({ ...parts, current: () => parts.chain.current }, quick),
    fold: async (options) => writer.fold(options),
    hold: async () => {
      // Another one that waited may have begun.
      while (writer.isWriting) await writer.written();
      return writer.hold();
    },
    rewrite: async () => writer.rewrite(),
    close: async () => writer.close(),
  };
}
