import { expect } from 'chai';
import { nextTurn } from '../../server/platform/inTurns.js';
import { type ActivityKind, type ActivityLease, SiteActivity } from '../../server/state/SiteActivity.js';

describe('The activity of a site', () => {
  let events: string[];
  let activity: SiteActivity;
  let leases: Map<string, ActivityLease>;
  beforeEach(() => {
    events = [];
    leases = new Map();
    activity = new SiteActivity({ onBusy: () => events.push('busy'), onIdle: () => events.push('idle') });
  });
  const begin = async (name: string, kind: ActivityKind): Promise<void> => {
    void activity.begin(kind).then((lease) => {
      events.push(name);
      leases.set(name, lease);
      lease.signal.addEventListener('abort', () => events.push(`${name} shall stop`));
    });
    await nextTurn();
  };
  const end = async (name: string): Promise<void> => {
    leases.get(name)?.release();
    await nextTurn();
  };

  it('is one at a time, and busy from the first to the last', async () => {
    await begin('a', 'maintenance');
    await begin('b', 'maintenance');
    expect(activity.isActive).to.equal(true);
    await end('a');
    await end('b');
    expect([...events, activity.isActive]).to.deep.equal(['busy', 'a', 'b', 'idle', false]);
  });

  it('lets a synchronization stop maintenance and go before what waits', async () => {
    await begin('a', 'maintenance');
    await begin('b', 'maintenance');
    await begin('sync', 'synchronization');
    await end('a');
    await end('sync');
    await end('b');
    expect(events).to.deep.equal(['busy', 'a', 'a shall stop', 'sync', 'b', 'idle']);
  });

  it('lets nothing stop a synchronization, and takes a turn back once only', async () => {
    await begin('sync', 'synchronization');
    await begin('a', 'maintenance');
    activity.stopMaintenance();
    await end('sync');
    expect(leases.get('a')?.signal.aborted, 'it was told while it waited').to.equal(true);
    await begin('b', 'maintenance');
    await end('sync');
    expect(events).to.deep.equal(['busy', 'sync', 'a']);
  });

  it('tells when it is idle', async () => {
    await activity.idle();
    await begin('a', 'maintenance');
    void activity.idle().then(() => events.push('told'));
    await nextTurn();
    await end('a');
    expect(events).to.deep.equal(['busy', 'a', 'idle', 'told']);
  });
});
