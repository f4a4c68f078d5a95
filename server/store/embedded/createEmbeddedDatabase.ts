import type { SiteDatabase } from '../SiteDatabase.js';
import type { CategoryRow } from '../rows.js';
import { JournaledWriter } from './JournaledWriter.js';
import type { WriterParts } from './JournaledWriter.js';
import { createQueries } from './createQueries.js';
import { inspectDatabase } from './inspectDatabase.js';

/** The site database in sql.js: reads in memory, writes through the journal. */
export function createEmbeddedDatabase(parts: WriterParts): SiteDatabase {
  const writer = new JournaledWriter(parts);
  const queries = createQueries(parts.connection, parts.identities, writer);
  // Asked for by nearly every request and changed seldom.
  let categories: Promise<readonly CategoryRow[]> | undefined;
  // While a change of them waits for its turn, what is read is not what is there next: it is not kept.
  let changing = 0;
  return {
    ...queries,
    categories: async () => (changing > 0 ? queries.categories() : (categories ??= queries.categories())),
    commit: async (changes) => {
      if (changes.categories === undefined) return writer.commit(changes);
      categories = undefined;
      changing += 1;
      try {
        await writer.commit(changes);
      } finally {
        changing -= 1;
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
