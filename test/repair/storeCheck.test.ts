import { expect } from 'chai';
import fs from 'node:fs';
import path from 'node:path';
import type { StoreFinding, StoreRepairRequest, StoreRepairResult } from '../../server/contract/generated/types.js';
import { ownAnswers } from '../../server/api/ownAnswers.js';
import { noticeDamage } from '../../server/repair/segmentProblems.js';
import { MINUTE } from '../../server/schedule/zone.js';
import { newRequestId, testSite, type TestSite } from '../engine/TestSite.js';
import { update } from '../engine/catalogue.js';
import { rejectionOf } from '../fixtures/rejection.js';
import { sampleUpdate } from '../store/sampleRows.js';

interface WholeCheck {
  readonly findings: StoreFinding[];
  readonly documents: number;
  readonly transactions: number;
  readonly orphanedBytes: number;
}

describe('Checking and repairing the store', () => {
  const site = testSite();
  const folder = (...names: string[]): string => path.join(site().context.site.path, ...names);
  const segments = (): string[] =>
    fs
      .readdirSync(folder('documents'))
      .filter((name) => name.endsWith('.seg'))
      .sort()
      .map((name) => folder('documents', name));

  async function checked(quick = false, at: TestSite = site()): Promise<WholeCheck> {
    const whole = { findings: [] as StoreFinding[], documents: 0, transactions: 0, orphanedBytes: 0 };
    for (let after: string | null | undefined; after !== null;) {
      const part = await at.service['store/check']({ quick, after }, at.request());
      whole.findings.push(...part.findings);
      for (const name of ['documents', 'transactions', 'orphanedBytes'] as const) whole[name] += part[name];
      after = part.next;
    }
    return whole;
  }
  const damage = async (quick = false): Promise<StoreFinding[]> =>
    (await checked(quick)).findings.filter((finding) => finding.Severity === 'Damage');
  const repair = async (params: Partial<StoreRepairRequest>): Promise<StoreRepairResult> =>
    site().service['store/repair']({ requestId: newRequestId(), ...params }, site().request());
  const repairAll = async (): Promise<StoreRepairResult> =>
    repair({ revisions: (await damage()).flatMap(({ RevisionId }) => (RevisionId === null ? [] : [RevisionId])) });
  const flip = (file: string, at: number): void => {
    const bytes = fs.readFileSync(file);
    const index = at < 0 ? bytes.length + at : at;
    bytes[index] = (bytes[index] ?? 0) ^ 1;
    fs.writeFileSync(file, bytes);
  };

  beforeEach(async () => {
    site().source.put(...[1, 2, 3, 4, 5].map((number) => update(number)));
    expect((await site().sync()).State).to.equal('Succeeded');
    site().source.forgetCalls();
  });

  it('finds nothing wrong in a whole store, and reads every document of it', async () => {
    const { findings, documents, transactions } = await checked();
    expect(findings).to.deep.equal([]);
    expect(documents).to.equal((await site().database.counts()).revisions);
    expect(transactions).to.be.greaterThan(3);
    expect((await checked(true)).documents).to.equal(0);
  });

  it('lets other requests through', async () => {
    const order: string[] = [];
    await Promise.all([
      checked().then(() => order.push('check')),
      site()
        .status()
        .then(() => order.push('status')),
      site()
        .updates()
        .then(() => order.push('updates')),
    ]);
    expect(order)
      .to.have.members(['status', 'updates', 'check'])
      .and.to.satisfy((names: readonly string[]) => names.at(-1) === 'check');
  });

  it('names the updates of a block that has a flipped bit, and fetches just these again', async () => {
    const [, file = ''] = segments();
    const before = await site().updates({ lazy: true });
    flip(file, -20);
    const found = await damage();
    expect(found).to.have.length(2);
    for (const finding of found) expect(finding).to.include({ Kind: 'Document', Path: file, Repair: 'Fetch' });
    const result = await repair({ revisions: [1, 2, ...found.map(({ RevisionId }) => RevisionId ?? 0), 999] });
    expect(result).to.deep.equal({ repaired: 2, failed: [], rewritten: false, lost: null, backup: null });
    expect(site().source.fetched).to.have.members(
      found.map(({ UpdateID, RevisionNumber }) => `${UpdateID ?? ''}.${RevisionNumber ?? ''}`),
    );
    const after = await checked();
    expect(after.findings.map(({ Severity, Path, Reason }) => [Severity, Path, Reason])).to.deep.equal([
      ['Notice', file, `${after.orphanedBytes} bytes do not belong to a document`],
    ]);
    expect(await site().updates({ lazy: true })).to.deep.equal(before);
  });

  for (const [name, spoil, quick] of [
    ['is missing', (file: string) => fs.rmSync(file), true],
    ['has a damaged header', (file: string) => flip(file, 12), true],
    ['was cut', (file: string) => fs.truncateSync(file, fs.statSync(file).size - 30), true],
    ['is empty', (file: string) => fs.truncateSync(file, 0), true],
    ['holds zeros', (file: string) => fs.writeFileSync(file, Buffer.alloc(fs.statSync(file).size)), true],
  ] as const) {
    it(`notices a segment that ${name}, in the log and at a glance, and fetches what was in it again`, async () => {
      for (const file of segments()) spoil(file);
      site().lines.length = 0;
      await noticeDamage(site().context);
      expect(site().lines.filter((line) => line.includes('is damaged'))).to.have.length(2);
      expect((await damage(quick)).map(({ Kind, Path }) => [Kind, Path])).to.deep.equal(
        segments().length === 0
          ? [
              ['Segment', site().context.documents.fileOf(4096)],
              ['Segment', site().context.documents.fileOf(4097)],
            ]
          : segments().map((file) => ['Segment', file]),
      );
      const { repaired, failed } = await repairAll();
      expect([repaired > 0, failed]).to.deep.equal([true, []]);
      expect(await damage()).to.deep.equal([]);
    });
  }

  it('is told to the parent until it is repaired', async () => {
    let now = site().context.now().getTime();
    const answers = ownAnswers({ ...site().context, now: () => new Date(now) }, () => undefined);
    const told = async (): Promise<number> =>
      (await answers.findings([], false)).filter(({ isBroken }) => isBroken).length;
    const [, file = ''] = segments();
    fs.truncateSync(file, 0);
    expect(await told()).to.equal(1);
    await repairAll();
    now += MINUTE;
    expect(await told()).to.equal(0);
  });

  it('keeps a document as damaged that the upstream does not have any more, or spoiled', async () => {
    const [, file = ''] = segments();
    fs.truncateSync(file, 0);
    const [gone, spoiled] = [1, 2].map((number) => site().source.offered.get(`${update(number).id}.1`)?.identity);
    if (gone === undefined || spoiled === undefined) throw new Error('the updates are not offered');
    site().source.offered.delete(`${gone.updateId}.1`);
    site().source.spoil(spoiled, '<Update>');
    const { repaired, failed } = await repairAll();
    expect(repaired).to.equal(3);
    expect(failed.map(({ UpdateID, ErrorId }) => [UpdateID, ErrorId])).to.have.deep.members([
      [gone.updateId, 'DocumentInvalid'],
      [spoiled.updateId, 'DocumentInvalid'],
    ]);
    expect((await damage()).filter(({ Kind }) => Kind === 'Document').map(({ UpdateID }) => UpdateID)).to.have.members([
      gone.updateId,
      spoiled.updateId,
    ]);
  });

  it('answers a repair that is sent again without doing it again', async () => {
    const [, file = ''] = segments();
    flip(file, -20);
    const requestId = newRequestId();
    const revisions = [(await damage())[0]?.RevisionId ?? 0];
    const first = await repair({ requestId, revisions });
    expect(await repair({ requestId, revisions })).to.deep.equal(first);
    expect(site().source.fetched).to.have.length(1);
  });

  it('needs a source to fetch from', async () => {
    flip(segments()[1] ?? '', -20);
    await site().set({ synchronizeAction: 'DoNotSynchronizeFromMicrosoftUpdateOrUpstreamDataSource' });
    expect(await rejectionOf(repairAll())).to.equal('NoSynchronizationSource');
  });

  it(
    'notices damaged files of the database while the engine has it in memory, and writes them anew without ' + 'loss',
    async () => {
      const titles = await site().titles();
      const journal = folder('database', 'journal.1.0');
      flip(journal, -20);
      expect((await damage()).map(({ Kind, Path, Repair }) => [Kind, Path, Repair])).to.deep.equal([
        ['Database', journal, 'Rewrite'],
      ]);
      expect(await repair({})).to.include({ rewritten: true, lost: null });
      expect(await damage()).to.deep.equal([]);
      const snapshot = fs.readdirSync(folder('database')).find((name) => name.startsWith('snapshot.')) ?? '';
      flip(folder('database', snapshot), 300);
      expect((await damage()).map(({ Path }) => Path)).to.deep.equal([folder('database', snapshot)]);
      expect(await damage(true)).to.deep.equal([]);
      expect(await repair({})).to.include({ rewritten: true });
      expect([await damage(), await site().titles()]).to.deep.equal([[], titles]);
      for (const name of fs.readdirSync(folder('database'))) fs.rmSync(folder('database', name));
      expect((await damage(true)).map(({ Reason }) => Reason)).to.deep.equal(['it is missing']);
      expect(await repair({})).to.include({ rewritten: true });
      expect(await damage()).to.deep.equal([]);
    },
  );

  it('counts rows that name what is not there', async () => {
    await site().database.commit({
      softwareUpdates: [sampleUpdate(17_000_000, { updateKey: 9_999_999, revisionId: 8_888_888 })],
    });
    expect((await damage()).map(({ Kind, Reason }) => [Kind, Reason])).to.deep.equal([
      ['Reference', '1 software updates without a revision'],
      ['Reference', '1 software updates without an update id'],
    ]);
  });
});
