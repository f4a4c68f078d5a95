import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { powershellSuite } from '../powershell/powershellEngine.js';
import { commandLineTables, powershellTables, tablesFile, tablesPage, type ShownTable } from './tablesPage.js';
import { TABLE_SAMPLES } from './tableSamples.js';

/** Times are those of the zone of the machine. */
const timeless = (text: string): string => text.replaceAll('\r\n', '\n').replaceAll(/\d/g, '0');

powershellSuite('docs/tables.md', (engine) => {
  let powershell: readonly ShownTable[] = [];
  let commandLine: readonly ShownTable[] = [];

  before(async () => {
    powershell = await powershellTables(engine());
    commandLine = await commandLineTables();
  });

  it('shows every table as it is (node dist/test/cmdlets/writeTables.js writes the page)', () => {
    expect(timeless(readFileSync(tablesFile, 'utf8'))).to.equal(timeless(tablesPage(powershell, commandLine)));
    expect(new Set(powershell.map(({ name }) => name))).to.deep.equal(new Set(Object.keys(TABLE_SAMPLES)));
  });

  it('has no line beyond its window, no broken heading and no column of two letters', () => {
    for (const { name, width, lines } of [...powershell, ...commandLine]) {
      const rule = lines.findIndex((line) => /^[- ]*--[- ]*$/.test(line));
      for (const line of lines.filter((text) => !text.startsWith('Maintenance would')))
        expect(line.length, `${name}\n${line}`).to.be.at.most(width);
      expect(rule === -1 ? 0 : lines.slice(0, rule).filter((line) => line !== '').length, name).to.be.within(1, 3);
      const headings = (lines[rule - 1] ?? '').trim().split(/ +/);
      expect(headings.join(' '), name).to.not.contain('…');
      for (const heading of headings) expect(heading.length, `${name}: ${heading}`).to.be.greaterThan(1);
    }
  });

  it('shows more at 120 than at 80', () => {
    const all = [...powershell, ...commandLine];
    const letters = (table: ShownTable | undefined): number =>
      (table?.lines.join('').replaceAll(/[\s-]/g, '') ?? '').length;
    const cut = all.filter(({ width, lines }) => width === 80 && lines.some((line) => line.includes('…')));
    expect(cut.length).to.be.greaterThan(3);
    for (const narrow of cut)
      expect(
        letters(all.find(({ name, width }) => name === narrow.name && width === 120)),
        narrow.name,
      ).to.be.greaterThan(letters(narrow));
  });
});
