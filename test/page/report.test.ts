import { expect } from 'chai';
import type { Health, Run, UpdateChange } from '../../server/contract/generated/types.js';
import type { ReportFacts } from '../../server/page/report/ReportFacts.js';
import { reportOf } from '../../server/page/report/reportOf.js';
import { namedZone } from '../../server/schedule/zone.js';

const HOSTILE = '<script>alert(1)</script> \u202eright to left\u0007 & </style>';

/** A report of so many changed updates, whose titles are as long as long ones are. */
function factsOf(
  count: number,
  title = '2026-11 Cumulative Update for Windows 11 Version 25H2 for x64-based Systems',
): ReportFacts {
  const changes = Array.from({ length: count }, (_unused, index): UpdateChange => ({
    RunId: 3,
    Changes: (['New', 'Expired', 'Superseded', 'Revised'] as const).filter((_kind, at) => at === index % 4),
    CI_ID: index + 1,
    CI_UniqueID: '0f4f1f0e-0f5c-4a0a-8d0e-6a2b6d3c9b11',
    RevisionNumber: 200,
    ArticleID: String(5_000_000 + index),
    LocalizedDisplayName: `${title} (KB${5_000_000 + index})`,
    SeverityName: 'Critical',
    Product: 'Windows 11, version 25H2; Windows 11 Client, version 25H2 and later',
    Classification: 'Security Updates',
    DatePosted: '2026-11-10T18:00:00.000Z',
    LocalizedInformativeURL: 'https://support.example/kb',
  }));
  const Counts = { New: count, Revised: 0, Expired: 3, Superseded: 0, Removed: 0, Skipped: 0, Failed: 0 };
  const Size = { Updates: 1500, Documents: 9000, DocumentBytes: 5e7, DatabaseBytes: 4e6 };
  const whole = { Kind: 'Delta', StartTime: '2026-11-29T02:00:00Z', DurationSeconds: 61, Counts, Size };
  const run = (Id: number, State: Run['State']): Run => ({ Id, State, ...whole }) as unknown as Run;
  return {
    siteCode: 'PS1',
    serverName: 'ps1.example',
    since: new Date('2026-11-23T12:00:00Z'),
    now: new Date('2026-11-30T12:00:00Z'),
    zone: namedZone('Europe/Berlin'),
    health: {
      SiteCode: 'PS1',
      Status: 'Well',
      Summary: 'All is in step.',
      Actions: ['Do this.'],
      SoftwareUpdatePoints: [],
    } as unknown as Health,
    statuses: [],
    sites: [],
    next: { time: '2026-12-01T01:00:00Z', reason: 'schedule' },
    runs: [{ ...run(4, 'Failed'), ErrorMessage: `No answer. ${HOSTILE}` }, run(3, 'Succeeded')],
    changes,
    warnings: ['Something is missing.'],
  };
}

describe('the report', () => {
  it('is one file of HTML under 300 KB for 500 changes, which loads and runs nothing', async () => {
    const text = await reportOf(factsOf(500), 'Html');
    expect(Buffer.byteLength(text)).to.be.below(300_000);
    // Each of them new, and superseded by the next of them.
    const twice = factsOf(500).changes.map((change): UpdateChange => ({ ...change, Changes: ['New', 'Superseded'] }));
    const longer = await reportOf({ ...factsOf(500), changes: twice }, 'Html');
    expect(Buffer.byteLength(longer)).to.be.below(300_000);
    expect(longer.match(/KB5000\d{3}\)/g)).to.have.length(1000);
    expect(text).to.include('default-src &#39;none&#39;').and.include('<svg').and.include('All is in step.');
    expect(text).to.include('Documents and database on the disk: from 51 MB to 51 MB.');
    expect(text.match(/KB5000\d{3}\)/g)).to.have.length(500);
    expect(text).not.to.match(/<script|<link| src=| href=| on[a-z]+=/);
    expect(text).to.include('2026-12-01 02:00</time> <small>(in 13 h 0 min)</small>, schedule');
  });

  it('shows what is hostile as text in every form', async () => {
    const facts = factsOf(4, HOSTILE);
    const page = await reportOf(facts, 'Html');
    expect(page).to.include('&lt;script&gt;alert(1)&lt;/script&gt; right to left? &amp; &lt;/style&gt;');
    expect(page.match(/<\/style>/g)).to.have.length(1);
    for (const format of ['Html', 'Csv', 'Json', 'Text'] as const)
      expect(await reportOf(facts, format), format).not.to.match(/[\u202e\u0007]/);
    expect((JSON.parse(await reportOf(facts, 'Json')) as { Changes: UpdateChange[] }).Changes).to.deep.equal(
      facts.changes,
    );
  });

  it('says the same as text: health, the next synchronization, errors, each kind of change', async () => {
    const text = await reportOf(factsOf(8), 'Text');
    for (const line of [
      'From 2026-11-23 13:00 to 2026-11-30 13:00, times in Europe/Berlin.',
      'All is in step.',
      'Something is missing.',
      'Next synchronization: 2026-12-01 02:00 (in 13 h 0 min), schedule',
      '  Do this.',
      'Expired: 2',
    ])
      expect(text).to.include(`${line}\n`);
    expect(text).to.match(/\n {2}4 {2}2026-11-29 03:00 {2}Failed, Delta, 1 min 1 s: No answer\./);
    expect(text).to.match(/\nNew: 2\n-+\n {2}KB5000000 2026-11 Cumulative .*\[Critical\]\n/);
  });

  it('says of an update without a title which it is, and how many updates could not be had', async () => {
    const facts = factsOf(2, '\u202e');
    const [gone] = facts.changes.map((change) => ({ ...change, LocalizedDisplayName: '\u202e', DatePosted: null }));
    const [, run] = facts.runs;
    if (gone === undefined || run === undefined) throw new TypeError('nothing to report');
    const failing = { ...run, Counts: { ...run.Counts, Failed: 17 } };
    const told = { ...facts, changes: [gone], runs: [failing] };
    for (const format of ['Html', 'Csv', 'Text'] as const)
      expect(await reportOf(told, format), format).to.include('Update 1, which has no title here');
    expect(await reportOf(told, 'Html'))
      .to.include('<td class="number">17</td>')
      .and.not.include('Never');
    expect(await reportOf(told, 'Text')).to.include('Succeeded, Delta, 1 min 1 s, 17 updates could not be had\n');
  });

  it('lets others have their turn while it is made', async () => {
    let turns = 0;
    let isMade = false;
    const count = (): void => {
      turns += 1;
      if (!isMade) setImmediate(count);
    };
    setImmediate(count);
    await reportOf(factsOf(5000), 'Html');
    isMade = true;
    expect(turns).to.be.greaterThan(0);
  });

  it('is a table with a row for each changed update', async () => {
    const [head, ...rows] = (await reportOf(factsOf(8), 'Csv')).split('\r\n');
    expect(head).to.equal('\uFEFFChange,KB,Title,Product,Classification,Severity,Published,Run,More information');
    expect(rows).to.have.length(9);
    expect(rows[1]).to.match(/^Expired,5000001,.*,"Windows 11, version 25H2; .*,Security Updates,Critical,2026-11-10T/);
  });
});
