import { expect } from 'chai';
import { EventEmitter, once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Run } from '../../server/contract/generated/types.js';
import { LiveReaders } from '../../server/page/LiveReaders.js';
import { RunPace } from '../../server/page/RunPace.js';
import { PAGE_JS } from '../../server/page/pageFiles.js';
import { TestClock } from '../fixtures/TestClock.js';
import { Cleanup } from '../upstream/harness.js';
import { PageLab } from './PageLab.js';

/** What the next piece of a stream says. */
async function next(stream: IncomingMessage): Promise<string> {
  const [piece] = (await once(stream, 'data')) as [Buffer];
  return piece.toString();
}

describe('the status page while a synchronization runs', () => {
  const cleanup = new Cleanup();
  let lab: PageLab;
  beforeEach(async () => {
    lab = await new PageLab().open(cleanup);
    lab.run = { Id: 7, State: 'Running', Phase: 'Updates', Processed: 0, Total: 1000, PercentComplete: 0 } as Run;
  });
  afterEach(async () => cleanup.run());

  it('tells how far it is at once, then merged twice a second, and how it ended', async () => {
    const stream = await lab.follow();
    expect(stream.headers['content-type']).to.equal('text/event-stream; charset=utf-8');
    expect(stream.headers['content-security-policy']).to.match(/^default-src 'none'/);
    expect(await next(stream)).to.include('"text":"Synchronization 7: 0 %, Updates, 0 of 1,000"');
    lab.clock.time += 2000;
    for (const Processed of [50, 100, 200]) lab.progress({ Processed, PercentComplete: Processed / 10 });
    lab.clock.pass(0.5);
    expect(await next(stream)).to.equal(
      'data: {"run":7,"percent":20,"text":"Synchronization 7: 20 %, Fetching updates, 200 of 1,000, 100 a second, ' +
        'about 8.0 s left in this phase","isRunning":true}\n\n',
    );
    lab.progress({ State: 'Succeeded', Processed: 1000, PercentComplete: 100 });
    lab.clock.pass(0.5);
    expect(await next(stream)).to.include('"text":"Synchronization 7: succeeded","isRunning":false');
  });

  it('is not listened to once nobody reads, and says nothing of what is over to who comes later', async () => {
    const stream = await lab.follow();
    await next(stream);
    expect(lab.watchers).to.equal(1);
    lab.run = undefined;
    lab.progress({ State: 'Failed' });
    lab.clock.pass(0.5);
    await next(stream);
    const late = await lab.follow();
    lab.progress({ RunId: 8 });
    lab.clock.pass(0.5);
    expect(await next(late)).to.include('Synchronization 8');
    for (const one of [stream, late]) one.destroy();
    await lab.until(() => lab.watchers === 0);
  });

  it('is followed by four pages of an address at most, and not by who may not read it', async () => {
    const streams = await Promise.all([1, 2, 3, 4].map(async () => lab.follow()));
    expect(streams.map(({ statusCode }) => statusCode)).to.deep.equal([200, 200, 200, 200]);
    expect((await lab.follow()).statusCode).to.equal(429);
    streams[0]?.destroy();
    await lab.until(async () => (await lab.follow()).statusCode === 200);
    expect((await lab.follow({ host: 'attacker.example' })).statusCode).to.equal(403);
    expect((await lab.ask('/events')).status).to.equal(401);
  });

  it('ends for who was signed out, and for all when the port closes', async () => {
    lab.tokens.set('right', '');
    const [guest, local] = [await lab.followSecurely(await lab.signIn('right')), await lab.follow()];
    for (const stream of [guest, local]) stream.resume();
    lab.tokens.clear();
    const gone = once(guest, 'end');
    for (let beat = 0; beat < 30; beat += 1) lab.clock.pass(0.5);
    await gone;
    const ended = once(local, 'end');
    await lab.close();
    await ended;
  });

  it('tells a slow reader the newest once it reads, and writes to nobody who has left', async () => {
    const clock = new TestClock();
    const readers = new LiveReaders(clock);
    const written: string[] = [];
    const response = Object.assign(new EventEmitter(), {
      destroyed: false,
      writableEnded: false,
      writableNeedDrain: true,
      write: (text: string) => written.push(text) > 0,
      end: () => (response.writableEnded = true),
    });
    const guest = { isSignedIn: true, isWelcome: async () => Promise.reject(new TypeError('closed')) };
    const reader = { address: 'a', guest, isLate: false, response: response as unknown as ServerResponse };
    readers.add(reader, new AbortController().signal);
    for (const text of ['1', '2', '3']) {
      readers.tell(text);
      clock.pass(0.5);
    }
    expect(written).to.deep.equal([]);
    response.writableNeedDrain = false;
    clock.pass(0.5);
    expect(written).to.deep.equal(['data: 3\n\n']);
    for (let beat = 0; beat < 26; beat += 1) clock.pass(0.5);
    await new Promise((resolve) => setImmediate(resolve));
    expect(response.writableEnded, 'whom nobody can check').to.equal(true);
    readers.tell('4');
    clock.pass(0.5);
    expect(written).to.have.length(1);
    response.emit('close');
    expect(readers.count).to.equal(0);
  });

  it('beats no faster for a reader who leaves and comes again, as a browser does from page to page', () => {
    const clock = new TestClock();
    const readers = new LiveReaders(clock);
    const written: string[] = [];
    const come = (): EventEmitter => {
      const response = Object.assign(new EventEmitter(), {
        ...{ destroyed: false, writableEnded: false, writableNeedDrain: false },
        write: (text: string) => written.push(text) > 0,
        end: () => undefined,
      });
      const guest = { isSignedIn: false, isWelcome: async () => Promise.resolve(true) };
      const reader = { address: 'a', guest, isLate: false, response: response as unknown as ServerResponse };
      readers.add(reader, new AbortController().signal);
      return response;
    };
    for (let page = 0; page < 20; page += 1) come().emit('close');
    come();
    for (const text of ['1', '2', '3', '4']) {
      readers.tell(text);
      clock.pass(0.25);
    }
    expect(written).to.deep.equal(['data: 2\n\n', 'data: 4\n\n']);
    let timers = 0;
    const after = clock.after.bind(clock);
    clock.after = (milliseconds, action) => {
      timers += 1;
      return after(milliseconds, action);
    };
    clock.pass(0.5);
    expect(timers).to.equal(1);
  });

  it('goes as fast as in the last half minute, and knows nothing of a phase that has just begun', () => {
    const pace = new RunPace();
    const note = (Processed: number, seconds: number, Phase = 'Updates') =>
      pace.note(
        { RunId: 1, State: 'Running', Phase, Activity: '', Processed, Total: 1000, PercentComplete: 0 },
        seconds * 1000,
      );
    expect(note(0, 0)).to.deep.equal({ perSecond: 0, secondsLeft: undefined });
    expect(note(500, 10)).to.deep.equal({ perSecond: 50, secondsLeft: 10 });
    expect(note(510, 40)).to.deep.include({ perSecond: 10 / 30 });
    expect(note(10, 41, 'Files')).to.deep.equal({ perSecond: 0, secondsLeft: undefined });
    expect(note(1000, 51, 'Files').secondsLeft).to.equal(undefined);
  });

  it('needs a script of less than 5 KB', () => {
    expect(PAGE_JS.length).to.be.lessThan(5000);
  });
});
