import { findPostgres, PostgresServer } from '../../store/postgres/PostgresServer.js';
import { BenchFailure } from '../product/BenchFailure.js';
import { folderSize } from './folderSize.js';
import type { SiteDatabase } from './Workbench.js';

/** The databases that a site can have. */
export const DATABASES = ['Embedded', 'Sqlite', 'Postgres'] as const;

/** A database for one site. */
export interface BenchDatabase {
  readonly choice: SiteDatabase;
  /** Bytes of it; `folder`: that of the files of a site's database. */
  size(folder: string): number;
  close(): Promise<void>;
}

/** As an administrator would run it: what is committed is on the disk. The tests do without. */
const DURABLE = ['fsync=on', 'full_page_writes=on', 'autovacuum=on', 'shared_buffers=128MB'];
const NAME = 'bench';

/** Makes one; a PostgreSQL of its own where that is asked for. @throws BenchFailure where there is none */
export async function benchDatabase(kind: (typeof DATABASES)[number]): Promise<BenchDatabase> {
  if (kind !== 'Postgres')
    return { choice: { database: kind }, size: folderSize, close: async () => Promise.resolve() };
  const programs = findPostgres();
  if (programs === undefined)
    throw new BenchFailure('PostgreSQL is not there: apt-get install postgresql, as .ci/run does');
  const server = await PostgresServer.make(programs, DURABLE);
  server.sql(`CREATE DATABASE ${NAME}`);
  return {
    choice: { database: kind, databaseAddress: server.overSocket(NAME) },
    size: () => Number(server.sql(`SELECT pg_database_size('${NAME}')`)),
    close: async () => server.remove(),
  };
}
