import fs from 'node:fs';
import path from 'node:path';
import type { TestDatabase } from './postgresSuite.js';

/** Overwrites the head of the first page of a table, as a broken disk does; the server is started again. */
export async function damageTable({ server, name }: TestDatabase, table: string): Promise<void> {
  server.sql('CHECKPOINT');
  const file = server.sql(`SELECT pg_relation_filepath('configmgrsync.${table}')`, name);
  await server.stop();
  const descriptor = fs.openSync(path.join(server.folder, 'data', file), 'r+');
  fs.writeSync(descriptor, Buffer.alloc(24, 0xff), 0, 24, 0);
  fs.closeSync(descriptor);
  await server.start();
}
