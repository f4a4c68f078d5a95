import type { SiteDatabase } from '../SiteDatabase.js';
import { keepCategories } from '../keepCategories.js';
import { JournaledWriter } from './JournaledWriter.js';
import type { WriterParts } from './JournaledWriter.js';
import { createQueries } from '../sql/createQueries.js';
import { inspectDatabase } from './inspectDatabase.js';

/** The site database in sql.js: reads in memory, writes through the journal. */
export function createEmbeddedDatabase(parts: WriterParts): SiteDatabase {
  const writer = new JournaledWriter(parts);
  const queries = createQueries(parts.connection, parts.identities, writer);
  return {
    ...queries,
    ...keepCategories({ ...queries, commit: async (changes) => writer.commit(changes) }),
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
