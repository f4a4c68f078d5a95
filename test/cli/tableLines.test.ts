import { expect } from 'chai';
import { tableLines, type Column } from '../../server/cli/tableLines.js';

interface Row {
  readonly id: number;
  readonly title: string;
  readonly why: string;
}

const COLUMNS: readonly Column<Row>[] = [
  { heading: 'Id', text: (row) => String(row.id), right: true },
  { heading: 'Title', text: (row) => row.title, width: 60 },
  { heading: 'Product', text: () => 'Windows 11', from: 60 },
  { heading: 'Why', text: (row) => row.why, width: 60, wraps: true },
];
const ROWS: readonly Row[] = [
  { id: 1, title: 'A cumulative update with a name', why: 'It expired more than seven days ago.' },
  { id: 12, title: 'Short', why: 'no' },
];

describe('cli: tables', () => {
  it('fit the terminal: what is narrow enough stays, the longest text gives way', () => {
    expect(tableLines(ROWS, COLUMNS, 40)).to.deep.equal([
      'Id  Title              Why',
      '--  -----------------  -----------------',
      ' 1  A cumulative upd…  It expired more',
      '                       than seven days',
      '                       ago.',
      '12  Short              no',
    ]);
  });

  it('show more columns where there is room, and everything into a file', () => {
    const [wide] = tableLines(ROWS, COLUMNS, 100);
    const [file, , first] = tableLines(ROWS, COLUMNS);
    expect([wide, file].map((line) => line?.split(/ {2,}/))).to.deep.equal([
      ['Id', 'Title', 'Product', 'Why'],
      ['Id', 'Title', 'Product', 'Why'],
    ]);
    expect(first).to.contain('A cumulative update with a name').and.contain('It expired more than seven days ago.');
  });

  it('leave out the columns that need the most room rather than break a heading', () => {
    const many = Array.from({ length: 6 }, (_, at) => ({ heading: `LongHeading${at}`, text: () => 'x', from: at }));
    const [heading = '', rule = ''] = tableLines([1], many, 40);
    expect(heading).to.equal('LongHeading0  LongHeading1  LongHeading2');
    expect(rule.length).to.be.at.most(40);
  });

  it('keep whole what wraps, even beyond the width of its column', () => {
    const why = Array.from({ length: 30 }, (_, at) => `word${at}`).join(' ');
    expect(tableLines([{ id: 1, title: 'x', why }], COLUMNS, 80).join(''))
      .to.contain('word29')
      .and.not.contain('…');
    expect(tableLines([{ id: 1, title: 'x', why }], COLUMNS).at(-1)).to.contain(why);
  });

  it('break a word that is longer than its column', () => {
    const lines = tableLines([{ id: 1, title: 'x', why: 'y'.repeat(30) }], COLUMNS, 30);
    expect(lines.slice(2).map((line) => line.trim())).to.deep.equal([`1  x      ${'y'.repeat(19)}`, 'y'.repeat(11)]);
  });
});
