import { expect } from 'chai';
import type { HealthRow, SUPSyncStatus } from '../../server/contract/generated/types.js';
import { inTree } from '../../server/page/views/healthTree.js';

const of = (...codes: readonly string[]): HealthRow[] =>
  codes.map((code) => {
    const [SiteCode = '', WSUSServerName = 'lab.test'] = code.split(' ');
    return { SiteCode, WSUSServerName } as HealthRow;
  });
const site = (SiteCode: string, ReportingSiteCode = '') => ({ SiteCode, ReportingSiteCode });
const depths = (rows: readonly HealthRow[], sites: readonly ReturnType<typeof site>[]): readonly number[] =>
  inTree(rows, rows as unknown as SUPSyncStatus[], sites).map(({ depth }) => depth);

describe('the tree of the status page', () => {
  it('says how deep a site stands, also where all sites share one server', () => {
    const sites = [site('CAS'), site('PS1', 'CAS'), site('SS1', 'PS1'), site('PS2', 'CAS')];
    expect(depths(of('CAS', 'PS1', 'SS1', 'PS2'), sites)).to.deep.equal([0, 1, 2, 1]);
  });

  it('has each site after its parent, however they are told', () => {
    const rows = of('CAS', 'PS1', 'PS2', 'SS1');
    const sites = [site('CAS'), site('PS1', 'CAS'), site('PS2', 'CAS'), site('SS1', 'PS1')];
    const tree = inTree(rows, rows as unknown as SUPSyncStatus[], sites);
    expect(tree.map(({ row, depth }) => `${row.SiteCode} ${depth}`)).to.deep.equal([
      'CAS 0',
      'PS1 1',
      'SS1 2',
      'PS2 1',
    ]);
  });

  it('begins at the site that answers, whose parent is not in it', () => {
    expect(depths(of('PS1', 'SS1'), [site('PS1', 'CAS'), site('SS1', 'PS1')])).to.deep.equal([0, 1]);
  });

  it('sets further software update points of a site below its first', () => {
    const rows = of('CAS', 'CAS b.test', 'PS1', 'PS1 b.test');
    expect(depths(rows, [site('CAS'), site('PS1', 'CAS')])).to.deep.equal([0, 1, 1, 2]);
    expect(inTree(rows, rows as unknown as SUPSyncStatus[], [])[3]?.status?.WSUSServerName).to.equal('b.test');
  });

  it('ends where sites name each other, and with a site that nobody knows', () => {
    expect(depths(of('A', 'B', 'C'), [site('A', 'B'), site('B', 'A')])).to.deep.equal([0, 0, 1]);
  });
});
