import { expect } from 'chai';
import { powershellSuite } from '../powershell/powershellEngine.js';
import { compareSurface, formatDifference } from './compareSurface.js';
import type { ActualCommand } from './compareSurface.js';
import { describedCommands } from './describedCommands.js';
import { loadOurs, loadPending, loadSurface } from './surface.js';

powershellSuite('parity with the reference', (engine) => {
  const { commands } = loadSurface();
  const names = commands.map(({ name }) => name);
  const pending = loadPending();
  const ours = loadOurs();
  let described: readonly ActualCommand[] = [];

  before(async function () {
    described = await describedCommands(engine());
  });

  for (const expected of commands) {
    it(`${expected.name} is as the reference says, or is listed as pending`, () => {
      const { name } = expected;
      const actual = described.find((entry) => entry.name === name);
      const listed = name in pending.commands;
      expect(actual !== undefined || listed, 'neither exported nor in pending.json under "commands"').to.equal(true);
      if (actual === undefined) return;
      expect(listed, 'exported: take it off pending.json').to.equal(false);
      const differences = compareSurface(expected, actual, {
        ours: ours[name]?.parameters ?? [],
        ourSets: ours[name]?.parameterSets ?? [],
        lists: ours[name]?.lists ?? [],
        pending: pending.parameters[name] ?? {},
        pendingSets: pending.parameterSets[name] ?? {},
      });
      expect(differences.map(formatDifference)).to.deep.equal([]);
    });
  }

  it('lists nothing of commands that the reference does not have', () => {
    const listed = [pending.commands, pending.parameters, pending.parameterSets, ours].flatMap((list) =>
      Object.keys(list),
    );
    expect(listed.filter((name) => !names.includes(name))).to.deep.equal([]);
  });
});
