import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { packageFolder } from '../../../server/platform/packageFolder.js';
import { DIALECTS, inDialect } from '../../../server/store/sql/dialects.js';
import { STATEMENTS } from '../../../server/store/sql/statements.js';

/** What one of the engines does not take, or takes for something else. */
const NOT_STANDARD = [
  /INSERT OR/,
  /\browid\b/i,
  /json_each|group_concat|\bGLOB\b|typeof\(|ifnull\(|\bAUTOINCREMENT\b/i,
  /COLLATE NOCASE/i,
  /(?<!I)LIKE \?/,
  /\?\d/,
  /LIMIT -/,
  /\b(?:max|min)\((?:[^()]|\([^()]*\))*,/,
  /sum\((?:[^()]|\([^()]*\))*[=<>]/,
  /AS INTEGER\)/,
];

/** Replayed by sql.js alone. */
const OF_FORMAT_1 = new Set(['insertRevision', 'putSoftwareUpdate']);

describe('One SQL for every engine', () => {
  it('has no statement in words that one of them does not know', () => {
    for (const [name, text] of Object.entries(STATEMENTS))
      if (!OF_FORMAT_1.has(name))
        for (const words of NOT_STANDARD) expect(text, `${name}: ${words.source}`).to.not.match(words);
  });

  it('has no query in words that one of them does not know', () => {
    const folder = join(packageFolder(), 'server', 'store', 'sql');
    for (const name of readdirSync(folder).filter((file) => /Quer(?:y|ies)\.ts$|Conditions\.ts$|^apply/.test(file))) {
      const texts = readFileSync(join(folder, name), 'utf8').match(/`[^`]*`|'[^'\n]*'/g) ?? [];
      for (const text of texts.filter((part) => /\b(?:SELECT|FROM|WHERE|LIKE)\b/.test(part)))
        for (const words of NOT_STANDARD) expect(text, `${name}: ${words.source}`).to.not.match(words);
    }
  });

  it('numbers the values for PostgreSQL and leaves texts and notes as they are', () => {
    const text = "SELECT 'is it?', a FROM b -- why?\nWHERE a ILIKE ? ESCAPE '\\' AND c IN (?, ?) AND d <> '''?'";
    expect(inDialect(text, DIALECTS.postgres)).to.equal(
      "SELECT 'is it?', a FROM b -- why?\nWHERE a ILIKE $1 ESCAPE '\\' AND c IN ($2, $3) AND d <> '''?'",
    );
    expect(inDialect(text, DIALECTS.sqlite)).to.equal(text.replace('ILIKE', 'LIKE'));
  });

  it('calls the largest of several values, and kinds of columns, as each engine does', () => {
    const largest = 'SELECT greatest(a, ?), max(b), CAST(? AS TEXT) FROM c';
    expect(inDialect(largest, DIALECTS.sqlite)).to.equal('SELECT max(a, ?), max(b), CAST(? AS TEXT) FROM c');
    expect(inDialect(largest, DIALECTS.postgres)).to.equal('SELECT greatest(a, $1), max(b), CAST($2 AS TEXT) FROM c');
    const table = 'CREATE TABLE a(id INTEGER PRIMARY KEY, name TEXT NOT NULL, guid BLOB) WITHOUT ROWID;';
    expect(inDialect(table, DIALECTS.sqlite)).to.equal(table);
    expect(inDialect(table, DIALECTS.postgres)).to.equal(
      'CREATE TABLE a(id bigint PRIMARY KEY, name text COLLATE "C" NOT NULL, guid bytea) ;',
    );
  });
});
