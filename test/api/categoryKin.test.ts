import { expect } from 'chai';
import { atOnce } from '../../server/platform/inTurns.js';
import { categoryKin, nameWithFamily } from '../../server/api/categoryKin.js';
import type { CategoryRow } from '../../server/store/rows.js';

const row = (categoryId: number, typeName: string, title: string, parentId = 0): CategoryRow => ({
  categoryId,
  updateKey: categoryId,
  updateId: `id-${categoryId}`,
  revisionId: categoryId,
  typeName,
  title,
  parentId,
  allowSubscription: true,
  prohibitsUpdates: false,
  isSubscribed: true,
});

describe('api: names that stand for several categories', () => {
  it('stand with their family; a family and a product of one name are told apart by their types', () => {
    const rows = [
      row(1, 'ProductFamily', 'Windows'),
      row(2, 'ProductFamily', 'Developer Tools, Runtimes, and Redistributables'),
      row(3, 'Product', 'Windows Server 2016', 1),
      row(4, 'Product', 'Windows Server 2016', 2),
      row(5, 'Product', 'Windows', 1),
      row(6, 'Product', 'Windows Server 2016'),
      row(7, 'Product', 'Windows 11, Drivers', 1),
      row(8, 'Product', 'Windows 11, Drivers', 1),
    ];
    const kin = atOnce(categoryKin(rows));
    expect(rows.map((one) => nameWithFamily(one, kin))).to.deep.equal([
      'Windows',
      'Developer Tools, Runtimes, and Redistributables',
      'Windows Server 2016 (Windows)',
      'Windows Server 2016 (Developer Tools, Runtimes, and Redistributables)',
      'Windows',
      'Windows Server 2016 (no family)',
      'Windows 11, Drivers',
      'Windows 11, Drivers',
    ]);
  });
});
