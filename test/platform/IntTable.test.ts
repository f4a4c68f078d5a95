import { expect } from 'chai';
import { IntTable } from '../../server/platform/IntTable.js';
import { Random } from '../../server/sample/Random.js';

const LARGEST = 2 ** 31 - 1;

describe('IntTable', () => {
  it('holds what a Map holds, whatever the keys', () => {
    const random = new Random(7);
    for (const spread of [1, 16, 4096, 2 ** 20, LARGEST]) {
      const [table, map] = [new IntTable(), new Map<number, number>()];
      for (let round = 0; round < 20_000; round += 1) {
        const key = Math.min(LARGEST, spread * random.below(Math.min(5000, Math.floor(LARGEST / spread)) + 1));
        const value = random.below(LARGEST);
        table.set(key, value);
        map.set(key, value);
      }
      for (const [key, value] of map) if (table.get(key) !== value) expect.fail(`${key} has ${table.get(key)}`);
      for (let key = 0; key < 20_000; key += 1)
        if (table.get(key) !== (map.get(key) ?? -1)) expect.fail(`${key} has ${table.get(key)}`);
    }
  });

  it('knows 0 as a key and as a value, and has nothing at first', () => {
    const table = new IntTable();
    expect(table.get(0)).to.equal(-1);
    table.set(0, 0);
    expect([table.get(0), table.get(1), table.get(LARGEST)]).to.deep.equal([0, -1, -1]);
  });
});
