import { expect } from 'chai';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { packageFolder } from '../../server/platform/packageFolder.js';

const at = (...names: readonly string[]): string => join(packageFolder(), ...names);
const exported = readdirSync(at('cmdlets', 'public'))
  .map((file) => basename(file, '.ps1'))
  .sort();

/** The commands of a role as its file has them. */
function commandsOf(role: string): readonly string[] {
  const text = readFileSync(at('RoleCapabilities', role), 'utf8');
  const list = /VisibleFunctions = @\(([^)]*)\)/.exec(text)?.[1] ?? '';
  return [...list.matchAll(/'([^']*)'/g)].map(([, name]) => name ?? '');
}

describe('the role capabilities', () => {
  const roles = readdirSync(at('RoleCapabilities'));

  for (const role of roles)
    it(`${basename(role, '.psrc')} lists commands of the module by name, sorted`, () => {
      const commands = commandsOf(role);
      const names = commands.map((command) => command.replace('ConfigMgrSync\\', ''));
      expect(commands).to.have.length.greaterThan(10);
      expect(commands.filter((command) => !command.startsWith('ConfigMgrSync\\'))).to.deep.equal([]);
      expect(names.filter((name) => !exported.includes(name))).to.deep.equal([]);
      expect(names).to.deep.equal([...new Set(names)].sort());
    });

  it('the administrator has every command', () => {
    expect(commandsOf('ConfigMgrSyncAdministrator.psrc')).to.deep.equal(
      exported.map((name) => `ConfigMgrSync\\${name}`),
    );
  });
});
