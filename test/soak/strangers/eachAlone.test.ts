import { expect } from 'chai';
import { repetitions } from '../../fixtures/repetitions.js';
import { Attackers } from './Attackers.js';
import type { AttackPlan } from './attackProcess.js';
import { type AttackedSite, openAttackedSite } from './attackedSite.js';
import { KnownChild } from './KnownChild.js';
import { LegitimateServer } from './LegitimateServer.js';
import { needsManyAddresses, PEERS } from './peers.js';

const MEGABYTE = 1024 * 1024;
/** What the server role keeps of packed answers for others, in MB. */
const KEPT = 32;
const UNREAD = repetitions(60, 300);

describe('what a stranger can do, one after the other', () => {
  let victim: AttackedSite;
  let legitimate: LegitimateServer;
  let child: KnownChild;
  let attackers: Attackers | undefined;
  before(async function () {
    needsManyAddresses(this);
    victim = await openAttackedSite(60);
    legitimate = await LegitimateServer.open(victim.url);
    child = await KnownChild.join(await victim.site.token());
  });
  afterEach(async () => attackers?.end());
  after(async () => {
    await legitimate.close();
    await victim.site.remove();
  });

  const attack = async (
    connections: AttackPlan['connections'],
    addresses: readonly string[] = PEERS,
  ): Promise<void> => {
    const { cookie, identities } = legitimate;
    const hundred = [...identities].slice(-100);
    attackers = Attackers.begin({ port: victim.port, addresses, connections, cookie, identities: hundred });
    await attackers.underway;
  };

  const statuses = async (): Promise<number[]> => (await legitimate.round()).map(({ status }) => status);

  it('greetings of one address leave a known child and a downstream server their places', async () => {
    await attack({ greetings: repetitions(300, 2000) }, PEERS.slice(0, 1));
    expect(await child.connects()).to.be.above(0);
    expect(await statuses()).to.deep.equal([200, 200, 200, 200]);
  });

  it('slow heads leave a known child and a downstream server their places', async () => {
    // More than the port has places for strangers.
    await attack({ slowHeads: repetitions(4200, 5000) });
    expect(await child.connects()).to.be.above(0);
    expect(await statuses()).to.deep.equal([200, 200, 200, 200]);
  });

  for (const [name, connections] of Object.entries({
    'documents that nobody reads': { unreadDocuments: UNREAD },
    'packed documents that nobody reads': { unreadPacked: UNREAD },
    'packed documents, half of them left while they are made,': { unreadPacked: UNREAD / 2, leavingPacked: UNREAD / 2 },
  }))
    it(`answers with ${name} take little memory, and give it back`, async () => {
      await takesLittle(connections);
    });

  /** Each whole answer would take 1.6 MB. */
  async function takesLittle(connections: AttackPlan['connections']): Promise<void> {
    const before = await victim.usage('live');
    await attack(connections);
    expect(await statuses()).to.deep.equal([200, 200, 200, 200]);
    const meanwhile = await victim.usage('live');
    // What was packed is kept for others, at most 32 MB.
    const kept = connections.unreadPacked === undefined ? 0 : KEPT;
    expect((meanwhile.live - before.live) / MEGABYTE).to.be.at.most(UNREAD / 3 + kept);
    await attackers?.end();
    // The engine hears of the end of each connection in its own time; what never comes ends with the time of the test.
    const left = async (): Promise<number> => ((await victim.usage('live')).live - before.live) / MEGABYTE;
    while ((await left()) > 8 + kept);
  }
});
