import { expect } from 'chai';
import { getTasks } from 'node-cron';
import { cronTicker } from '../../server/platform/cronTicker.js';

describe('The ticker of the real clock', () => {
  it('comes again and again until it is stopped, and says nothing', async () => {
    const lines: string[] = [];
    let beats = 0;
    const others = getTasks().size;
    let stop = (): void => undefined;
    await new Promise<void>((resolve) => {
      stop = cronTicker({ log: (line) => lines.push(line), expression: '* * * * * *' })(async () => {
        beats += 1;
        if (beats === 2) resolve();
        return Promise.resolve();
      });
    });
    expect(getTasks().size - others).to.equal(1);
    stop();
    expect(getTasks().size - others).to.equal(0);
    expect(lines).to.deep.equal([]);
  });

  it('says why there is none', async () => {
    const line = await new Promise<string>(
      (resolve) => void cronTicker({ log: resolve, expression: 'now and then' })(async () => Promise.resolve()),
    );
    expect(line).to.match(/^The timer of the schedule failed: /);
  });
});
