import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect } from 'chai';
import { temporaryFolder } from '../../fixtures/temporaryFolder.js';
import { ProcessMeter } from './ProcessMeter.js';

const burn = (ms: number): string => `const end = process.cpuUsage().user + ${ms * 1000};
while (process.cpuUsage().user < end);`;

describe('ProcessMeter', () => {
  const folder = temporaryFolder();
  let meter: ProcessMeter;
  beforeEach(async () => {
    meter = await ProcessMeter.open(folder());
  });
  afterEach(async () => {
    await meter.endAll();
    await meter.close();
  });

  it('counts what a process and one that it starts have used, after their ends too', async () => {
    const inner = `require('node:child_process').spawnSync(process.execPath, ['-e', ${JSON.stringify(burn(150))}])`;
    const [code] = (await once(start(`${burn(100)}; ${inner}`), 'exit')) as [number];
    expect(code).to.equal(0);
    await meter.allEnded();
    const { processes, processorMs, peakBytes } = await meter.read();
    expect(processes).to.have.length(2);
    expect(processorMs).to.be.greaterThan(250);
    expect(peakBytes).to.be.greaterThan(10e6);
  });

  it('reads processes that run, and keeps what it knew of one that was ended by force', async () => {
    const child = start(`process.stdin.on('data', () => { ${burn(150)}; console.log('burnt') }); console.log('up')`);
    await once(child.stdout, 'data');
    const before = await meter.read();
    child.stdin.write('go');
    await once(child.stdout, 'data');
    const after = await meter.read();
    expect(after.processorMs - before.processorMs).to.be.within(150, 1000);
    await meter.endAll();
    expect((await meter.read()).processorMs).to.equal(after.processorMs);
  });

  it('leaves a process alone whose meter has gone', async () => {
    const child = start("process.stdin.on('end', () => process.exit(3)).resume(); console.log('up')");
    await once(child.stdout, 'data');
    await meter.close();
    child.stdin.end();
    expect(await once(child, 'exit')).to.deep.equal([3, null]);
    meter = await ProcessMeter.open(folder());
  });

  function start(script: string) {
    return spawn(process.execPath, ['-e', script], { env: { ...process.env, ...meter.variables }, stdio: 'pipe' });
  }
});
