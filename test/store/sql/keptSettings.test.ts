import { expect } from 'chai';
import { PostgresSql } from '../../../server/store/postgres/PostgresSql.js';
import type { Row, SqlSteps } from '../../../server/store/sql/Sql.js';
import { Sql } from '../../../server/store/sql/Sql.js';
import { setting } from '../../../server/store/sql/siteQueries.js';
import { inTurns } from '../../../server/platform/inTurns.js';

const text = (letter: string): string => JSON.stringify(letter.repeat(100_000));

/** A database whose answers the test gives, after what it wants to happen meanwhile. */
class AnsweringSql extends Sql {
  stored = text('a');
  meanwhile: () => void = () => undefined;

  override *rows(): SqlSteps<Row[]> {
    return [yield* this.row()];
  }

  override *row(): SqlSteps<Row> {
    const answer: Row = [this.stored];
    yield Promise.resolve().then(() => this.meanwhile());
    return answer;
  }

  override *read(): SqlSteps<void> {
    yield;
  }
}

describe('Long settings', () => {
  it('are kept until they are written', async () => {
    const sql = new AnsweringSql();
    const first = await inTurns(setting(sql, 'products'));
    expect(await inTurns(setting(sql, 'products'))).to.equal(first);
    sql.stored = text('b');
    sql.settings.delete('products');
    expect(await inTurns(setting(sql, 'products'))).to.equal(JSON.parse(text('b')));
  });

  it('that were written while they were read are not kept as they were before', async () => {
    for (const forget of ['delete', 'clear'] as const) {
      const sql = new AnsweringSql();
      sql.meanwhile = () => {
        sql.stored = text('b');
        if (forget === 'delete') sql.settings.delete('products');
        else sql.settings.clear();
      };
      await inTurns(setting(sql, 'products'));
      sql.meanwhile = () => undefined;
      expect(await inTurns(setting(sql, 'products'))).to.equal(JSON.parse(text('b')));
    }
  });
});

describe('Short settings of a server that writes alone', () => {
  it('that were written while they were read are not kept as they were before', async () => {
    let stored = 'a';
    let meanwhile = (): void => undefined;
    const answer = async (): Promise<readonly (readonly string[])[]> => {
      const found = JSON.stringify(stored);
      await Promise.resolve();
      meanwhile();
      return [[found]];
    };
    for (const names of [['name'], ['*']]) {
      stored = 'a';
      const sql = new PostgresSql(answer, () => true);
      meanwhile = () => {
        stored = 'b';
        sql.forgetSettings(names);
      };
      await inTurns(setting(sql, 'name'));
      meanwhile = () => undefined;
      expect(await inTurns(setting(sql, 'name'))).to.equal('b');
      stored = 'c';
      expect(await inTurns(setting(sql, 'name'))).to.equal('b');
    }
  });

  it('are asked for each time by one that does not', async () => {
    let stored = 'a';
    const sql = new PostgresSql(async () => Promise.resolve([[JSON.stringify(stored)]]));
    await inTurns(setting(sql, 'name'));
    stored = 'b';
    expect(await inTurns(setting(sql, 'name'))).to.equal('b');
  });
});
