import { expect } from 'chai';
import { Random } from '../../../server/sample/Random.js';
import { repetitions } from '../../fixtures/repetitions.js';
import { Cleanup } from '../../upstream/harness.js';
import { openTestStore } from '../../store/postgres/openTestStore.js';
import { testDatabase } from '../../store/postgres/postgresSuite.js';
import { type HistoryRow, keepHistory, readHistory, wrongsOf } from './history.js';
import { type Server, Servers } from './Servers.js';

const HOUR = 3_600_000;
const SERVERS = ['one', 'two', 'three'];
const ROUNDS = repetitions(8, 1000);

describe('Servers that share a database, in rounds of kills, pauses and clocks that jump', () => {
  const cleanup = new Cleanup();
  afterEach(async () => cleanup.run());
  const database = testDatabase();

  /** The owner is gone, or paused and there again when another one has written. */
  const strike = async (servers: Servers, owner: Server, isKill: boolean): Promise<void> => {
    await owner.signal(isKill ? 'SIGKILL' : 'SIGSTOP');
    const id = servers.idOf(owner);
    await servers.writes((server) => server !== owner);
    if (isKill) servers.start(id);
    else {
      await owner.signal('SIGCONT');
      await servers.until(() => !owner.isOwner);
    }
  };

  /** What was acknowledged is read first: more may be written meanwhile. */
  const expectOneOwner = (servers: Servers): readonly HistoryRow[] => {
    const acknowledged = [...servers.acknowledged];
    const history = readHistory(database());
    expect(wrongsOf(history, acknowledged).slice(0, 5)).to.deep.equal([]);
    return history;
  };

  it('have one owner at a time, and lose nothing that was acknowledged', async function () {
    this.timeout(ROUNDS * 60_000);
    const { database: first } = await openTestStore(database(), cleanup);
    keepHistory(database());
    await first.close();
    const servers = new Servers(database().address);
    cleanup.add(async () => servers.end());
    for (const id of SERVERS) servers.start(id);
    const random = new Random(22);
    for (let round = 1; round <= ROUNDS; round += 1) {
      const owner = await servers.writes();
      for (const server of servers.all) if (random.below(3) === 0) server.jump((random.below(49) - 24) * HOUR);
      await strike(servers, owner, random.below(2) === 0);
      if (round <= 20 || round % 50 === 0) expectOneOwner(servers);
    }
    await servers.writes();
    await servers.end();
    const history = expectOneOwner(servers);
    expect(history.filter(({ kind }) => kind === 'lease')).to.have.length.above(ROUNDS);
  });

  it('are known by the checker where they write beside each other', () => {
    const lease = { kind: 'lease', number: 0 } as const;
    const history = [
      { ...lease, engine: 'a', epoch: 1 },
      { kind: 'write', engine: 'a', epoch: 1, number: 1 },
      { ...lease, engine: 'b', epoch: 2 },
      { kind: 'write', engine: 'b', epoch: 2, number: 2 },
    ] as const;
    expect(wrongsOf(history, [{ engine: 'a', number: 1 }])).to.deep.equal([]);
    const late = { kind: 'write', engine: 'a', epoch: 2, number: 2 } as const;
    expect(wrongsOf([...history, late], [{ engine: 'b', number: 2 }])).to.have.length(3);
  });
});
