import type { TestDatabase } from '../../store/postgres/postgresSuite.js';

/** What the database has seen, in the order in which it was allowed: leases that were taken, and writes. */
export interface HistoryRow {
  readonly kind: 'lease' | 'write';
  readonly engine: string;
  readonly epoch: number;
  /** Of a write: what was counted. */
  readonly number: number;
}

/** A write that a server was told is durable. */
export interface Acknowledged {
  readonly engine: string;
  readonly number: number;
}

const TRIGGERS = `
SET search_path = configmgrsync;
CREATE TABLE history(seq bigserial, kind text, engine text, epoch bigint, number bigint);
CREATE FUNCTION note_lease() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  IF NEW.epoch <> OLD.epoch THEN
    INSERT INTO configmgrsync.history(kind, engine, epoch, number) VALUES('lease', NEW.engine, NEW.epoch, 0);
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER note AFTER UPDATE ON lease FOR EACH ROW EXECUTE FUNCTION note_lease();
CREATE FUNCTION note_write() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  IF NEW.name = 'writer' THEN
    INSERT INTO configmgrsync.history(kind, engine, epoch, number) VALUES('write', NEW.value::jsonb #>> '{}',
      (SELECT epoch FROM configmgrsync.store),
      (SELECT value::bigint FROM configmgrsync.setting WHERE name = 'counter'));
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER note AFTER INSERT OR UPDATE ON setting FOR EACH ROW EXECUTE FUNCTION note_write();
INSERT INTO history(kind, engine, epoch, number) SELECT 'lease', engine, epoch, 0 FROM lease;
`;

/** Has a database keep the history of its leases and writes from now on. */
export function keepHistory({ server, name }: TestDatabase): void {
  server.sql(TRIGGERS, name);
}

/** What was kept. */
export function readHistory({ server, name }: TestDatabase): readonly HistoryRow[] {
  const text = server.sql('SELECT kind, engine, epoch, number FROM configmgrsync.history ORDER BY seq', name);
  return text.split('\n').map((line) => {
    const [kind = '', engine = '', epoch, number] = line.split('|');
    return { kind: kind as HistoryRow['kind'], engine, epoch: Number(epoch), number: Number(number) };
  });
}

/** What is wrong with a history, by sentence: nothing where each write was the owner's, and none is lost or twice. */
export function wrongsOf(history: readonly HistoryRow[], acknowledged: readonly Acknowledged[]): readonly string[] {
  const wrongs: string[] = [];
  const writers = new Map<number, string>();
  let owner = '';
  let [epoch, last] = [0, 0];
  for (const row of history) {
    if (row.kind === 'lease') {
      if (row.epoch <= epoch) wrongs.push(`the epoch ${row.epoch} was given after ${epoch}`);
      ({ engine: owner, epoch } = row);
      continue;
    }
    if (row.engine !== owner) wrongs.push(`${row.engine} wrote ${row.number} while ${owner} owned the site`);
    if (row.number !== last + 1) wrongs.push(`${row.number} was written after ${last}`);
    last = row.number;
    writers.set(row.number, row.engine);
  }
  for (const { engine, number } of acknowledged)
    if (writers.get(number) !== engine) wrongs.push(`${number}, acknowledged to ${engine}, is lost`);
  return wrongs;
}
