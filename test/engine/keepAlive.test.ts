import { expect } from 'chai';
import { KeepAlive } from '../../server/engine/KeepAlive.js';
import type { EngineHost } from '../../server/engine/createEngineHost.js';

describe('The hold of an engine', () => {
  it('lasts until the last of what is under way has ended, also of what began before the host was there', () => {
    let held = 0;
    const host = {
      keepAlive: () => {
        held += 1;
        return () => {
          held -= 1;
        };
      },
    } as unknown as EngineHost;
    const keepAlive = new KeepAlive();
    keepAlive.take();
    keepAlive.host = host;
    keepAlive.take();
    expect(held).to.equal(2);
    keepAlive.release();
    expect(held).to.equal(1);
    keepAlive.release();
    keepAlive.release();
    expect(held).to.equal(0);
  });
});
