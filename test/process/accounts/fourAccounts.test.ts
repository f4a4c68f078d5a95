import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import { dirname } from 'node:path';
import { processEnd } from '../../../server/cli/processEnd.js';
import { startSampleUpstream } from '../../bench/SampleUpstream.js';
import type { SampleUpstream } from '../../bench/SampleUpstream.js';
import { AccountLab } from './AccountLab.js';
import type { Found } from './AccountLab.js';
import type { Session } from '../Session.js';
import { ACCOUNTS, GROUP, whyNoAccounts } from './accounts.js';
import type { Account } from './accounts.js';
import { askEverything } from './everyVerb.js';

const { root, owner, operator, stranger } = ACCOUNTS;
const because = whyNoAccounts();

/** Files that keep the owner they were made with: they are appended to or never written again. */
const KEPT = /^(site|pipe)\.json$|^Logs\/|\.seg$/;

(because === '' ? describe : describe.skip)(`neighbour: four accounts on one site${because}`, function () {
  let upstream: SampleUpstream;
  let lab: AccountLab;
  before(async () => (upstream = await startSampleUpstream(['--updates', '5', '--seed', '3'])));
  after(async () => upstream.stop());
  beforeEach(() => (lab = new AccountLab()));
  afterEach(async () => lab.remove());

  /** Makes the site as an account would. */
  async function make(maker: Account): Promise<Session> {
    const session = await lab.session(maker);
    await session.request('site/new', {
      requestId: randomUUID(),
      siteCode: 'ABC',
      path: lab.site,
      operators: [String(GROUP)],
      ...(maker.userId === 0 ? { account: String(owner.userId) } : {}),
    });
    return session;
  }

  /** Who may own what an engine of one account, asked by all three, leaves in the site folder. */
  function expectUsable(found: readonly Found[], owners: readonly number[]): void {
    for (const { name, userId, groupId, mode, isFolder } of found) {
      expect(userId, `owner of ${name}`).to.be.oneOf(owners);
      expect(groupId, `group of ${name}`).to.equal(GROUP);
      const wanted = isFolder ? 0o2770 : ['aftersync.json', 'service.json'].includes(name) ? 0o640 : 0o660;
      expect(mode.toString(8), `mode of ${name}`).to.equal(wanted.toString(8));
    }
  }

  function expectKept(before: readonly Found[], after: readonly Found[]): void {
    for (const was of before.filter(({ name, isFolder }) => isFolder || KEPT.test(name))) {
      const is = after.find(({ name }) => name === was.name);
      if (is !== undefined) expect(is).to.deep.equal(was);
    }
  }

  /** Ends the engine as whoever, and waits until it is gone with its sockets. */
  async function end(session: Session): Promise<void> {
    const { processId, address } = lab.engine;
    await session.request('engine/stop', { requestId: randomUUID() });
    await processEnd(processId);
    expect(fs.existsSync(dirname(address)), 'the folder of the sockets is gone').to.equal(false);
  }

  /** What an account asks comes to what it should, every verb. */
  async function expectEverything(...sessions: readonly Session[]): Promise<void> {
    for (const session of sessions)
      expect(await askEverything({ session, folder: lab.homeOf(session) })).to.deep.equal([]);
  }

  async function setSource(session: Session): Promise<void> {
    await session.request('component/set', {
      requestId: randomUUID(),
      upstreamSourceLocation: upstream.url,
      allProducts: true,
      allClassifications: true,
    });
  }

  for (const [how, maker] of [
    ['root made for an account', root],
    ['its owner made without rights', owner],
  ] as const) {
    it(`lets owner, operator and root use every verb of a site that ${how}, whoever starts the engine`, async () => {
      const ofMaker = await make(maker);
      expectUsable(lab.found(), [owner.userId]);
      const ofOperator = await lab.session(operator, lab.site);
      await setSource(ofOperator);
      expect(lab.engine.account).to.equal(operator.userId);
      await expectEverything(ofMaker);
      await end(ofMaker);
      const first = lab.found();
      expectUsable(first, [owner.userId, operator.userId]);

      const ofRoot = maker === root ? ofMaker : await lab.session(root, lab.site);
      await ofRoot.request('site/get', {});
      const { processId, account } = lab.engine;
      expect([account, fs.statSync(`/proc/${processId}`).uid]).to.deep.equal([owner.userId, owner.userId]);
      expect(fs.readFileSync(`/proc/${processId}/environ`, 'utf8')).not.to.contain('SECRET_OF_ROOT');
      await expectEverything(ofOperator);
      await end(ofOperator);
      expectUsable(lab.found(), [owner.userId, operator.userId]);
      expectKept(first, lab.found());
      expect(lab.changedOutside).to.deep.equal([]);
    });
  }

  it('refuses a stranger every way in, and says what would help', async () => {
    const ofRoot = await make(root);
    await ofRoot.request('site/get', {});
    const { processId, address } = lab.engine;
    const before = lab.found();
    const ofStranger = await lab.session(stranger);
    const refused = await ofStranger.refusal('site/connect', { sitePath: lab.site });
    expect(refused.errorId).to.equal('SiteAccessDenied');
    expect(refused.message).to.equal(
      `This account may not use the site folder ${lab.site}. ` +
        `It is for the user ${owner.userId} and the group ${GROUP}.`,
    );
    expect(refused.nextStep).to.contain('member of that group').and.contain('session');
    expect((await ofStranger.request('site/list', {})).sites).to.deep.equal([]);
    for (const method of ['status/get', 'service/describe'] as const)
      expect(await ofStranger.outcome(method, method === 'status/get' ? {} : { action: 'Install' })).to.equal(
        'SiteAccessDenied',
      );
    for (const args of [['engine'], ['serve'], ['sync', '--no-wait']]) {
      const { code, out, err } = await lab.verb(stranger, [...args, '--site-path', lab.site]);
      expect([code, out], err).to.deep.equal([1, '']);
      expect(err).to.contain('SiteAccessDenied').and.contain(`the group ${GROUP}`);
    }
    const reached = await lab.reachable(stranger, [address, ...before.map(({ name }) => `${lab.site}/${name}`)]);
    expect(reached).to.deep.equal([]);
    expect(lab.engine.processId).to.equal(processId);
    expect(lab.changedOutside).to.deep.equal([]);
  });

  it('makes a site for another account as root alone, and one that is shared never for root', async () => {
    const wanted = { requestId: randomUUID(), siteCode: 'ABC', path: lab.site };
    const asOperator = await lab.session(operator);
    const forOwner = await asOperator.refusal('site/new', { ...wanted, account: String(owner.userId) });
    expect(forOwner.message).to.contain('only root can create a site for another account');
    const shared = { ...wanted, operators: [String(GROUP)] };
    const noPlace = await asOperator.refusal('site/new', shared);
    expect(noPlace.errorId).to.equal('SiteFolderNotWritable');
    const asStranger = await lab.session(stranger);
    const noMember = await asStranger.refusal('site/new', { ...shared, path: `${lab.homeOf(stranger)}/ABC` });
    expect(noMember.message).to.contain(`this account is not a member of the operators' group ${GROUP}`);
    expect(await (await lab.session(root)).outcome('site/new', shared)).to.equal('SiteAccountNeeded');
    expect(fs.readdirSync(lab.homeOf(stranger))).to.deep.equal([]);
    expect(lab.changedOutside).to.deep.equal([]);
  });

  it('lets only an administrator register a service, whoever may use the site', async () => {
    await make(root);
    for (const account of [owner, operator]) {
      const session = await lab.session(account, lab.site);
      expect((await session.request('service/describe', { action: 'Install' })).Account).to.equal(String(owner.userId));
      for (const [method, params] of [
        ['service/install', {}],
        ['service/control', { action: 'Start' }],
      ] as const) {
        const { errorId, nextStep } = await session.refusal(method, { requestId: randomUUID(), ...params });
        expect([errorId, nextStep]).to.deep.equal([
          'ServiceNeedsAdministrator',
          'Run it again in an elevated session. On Linux run it as root.',
        ]);
      }
    }
    expectUsable(lab.found(), [owner.userId]);
  });
});
