import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MethodDescription } from '../../server/contract/MethodDescription.js';
import { CONTRACT_VERSION, METHODS } from '../../server/contract/methods.js';
import { commonVersion, CONTRACT_RANGE, describeRange, neededVersion } from '../../server/contract/versions.js';
import { packageFolder } from '../../server/platform/packageFolder.js';
import { schemaOf } from './schemaOf.js';

const readJson = (...path: string[]): unknown => JSON.parse(readFileSync(join(packageFolder(), ...path), 'utf8'));

describe('contract: its versions', () => {
  it('the highest that both sides speak, none where the ranges do not meet', () => {
    const range = (minimum: number, maximum: number) => ({ minimum, maximum });
    const both = (ours: [number, number], theirs: [number, number]) => commonVersion(range(...ours), range(...theirs));
    expect(both([1, 2], [1, 1])).to.equal(1);
    expect(both([1, 1], [1, 2])).to.equal(1);
    expect(both([1, 2], [1, 2])).to.equal(2);
    expect(both([1, 3], [2, 9])).to.equal(3);
    expect(both([2, 3], [1, 1])).to.equal(undefined);
    expect(both([1, 1], [2, 3])).to.equal(undefined);
    expect([describeRange(range(1, 1)), describeRange(range(1, 2))]).to.deep.equal(['1', '1 to 2']);
    expect(CONTRACT_RANGE).to.deep.equal(range(1, CONTRACT_VERSION));
  });

  it('a request needs the version of its method, and of its newest parameter that has a value', () => {
    const schemas = { requestSchema: 'hello.request', resultSchema: 'hello.result' } as const;
    const fixed = { ...schemas, changesState: false, isDoneOnce: false, answeredBy: 'engine' } as const;
    const table = { old: { ...fixed, parametersSince: { b: 2, c: 3 } }, newer: { ...fixed, since: 2 } };
    const need = (method: string, params: object) => neededVersion({ method, params }, table);
    expect(need('old', { a: 1 })).to.deep.equal({ version: 1, what: 'old' });
    expect(need('old', { b: 1, c: undefined })).to.deep.equal({ version: 2, what: 'the parameter b of old' });
    expect(need('old', { b: 1, c: null })).to.deep.equal({ version: 3, what: 'the parameter c of old' });
    expect(need('newer', {})).to.deep.equal({ version: 2, what: 'newer' });
    expect(need('toString', {})).to.deep.equal({ version: 1, what: 'toString' });
    expect(neededVersion({ method: 'site/new', params: { account: 'x' } }).version).to.equal(2);
  });

  it('every method and parameter that version 1 did not have says since when it is there', () => {
    const first = readJson('test', 'contract', 'fixtures', 'version1.json') as Record<string, string[]>;
    for (const [name, described] of Object.entries<MethodDescription>(METHODS)) {
      const { properties = {} } = schemaOf(described.requestSchema) as { properties?: object };
      const { version } = neededVersion({ method: name, params: {} });
      expect(version > 1, name).to.equal(first[name] === undefined);
      for (const parameter of first[name] === undefined ? [] : Object.keys(properties)) {
        const needed = neededVersion({ method: name, params: { [parameter]: 1 } }).version;
        expect(needed > 1, `${name} ${parameter}`).to.equal(first[name]?.includes(parameter) !== true);
        expect(needed).to.be.at.most(CONTRACT_VERSION);
      }
      expect(version).to.be.at.most(CONTRACT_VERSION);
      expect(Object.keys(properties)).to.include.members(Object.keys(described.parametersSince ?? {}));
    }
    expect(Object.keys(METHODS)).to.include.members(Object.keys(first));
  });
});
