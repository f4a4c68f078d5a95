import { expect } from 'chai';
import type { MethodDescription } from '../../server/contract/MethodDescription.js';
import { METHODS } from '../../server/contract/methods.js';
import { type WrittenMethod, writtenMethods } from './contractPage.js';
import { type Schema, schemaOf } from './schemaOf.js';

/** How the page says what holds of a method. */
const WORDS = {
  changesState: 'change',
  isDoneOnce: 'once',
  isLoadedLate: 'late',
  renames: 'renames',
  isReported: 'reported',
  flowsDown: 'flows down',
  carriesPackage: 'package',
  isAnsweredOffline: 'offline',
  isWait: 'wait',
} as const satisfies Partial<Record<keyof MethodDescription, string>>;

/** The row that a method should have. */
function expected(name: string, described: MethodDescription): Omit<WrittenMethod, 'result'> {
  const { properties = {}, required = [] } = schemaOf(described.requestSchema) as Partial<Schema>;
  const isObject = !described.resultSchema.endsWith('.result');
  return {
    name,
    since: described.since ?? 1,
    answeredBy: described.answeredBy,
    holds: Object.entries(WORDS)
      .filter(([property]) => described[property as keyof typeof WORDS] === true)
      .map(([, word]) => word),
    params: Object.keys(properties)
      .map((parameter) => ({
        name: parameter,
        isOptional: !required.includes(parameter),
        since: described.parametersSince?.[parameter] ?? 1,
      }))
      .sort(byName),
    resultNames: isObject ? [] : Object.keys(schemaOf(described.resultSchema).properties).sort(),
  };
}

const byName = (one: { name: string }, other: { name: string }): number => (one.name < other.name ? -1 : 1);

describe('contract: docs/contract.md', () => {
  const written = writtenMethods();

  it('has a row for every method of the table, and for no other', () => {
    expect(written.map(({ name }) => name).sort()).to.deep.equal(Object.keys(METHODS).sort());
  });

  for (const [name, described] of Object.entries<MethodDescription>(METHODS))
    it(`says of ${name} what the table and its schemas say`, () => {
      const found = written.find((one) => one.name === name);
      const { result = '', ...row } = found ?? ({} as Partial<WrittenMethod>);
      const isObject = !described.resultSchema.endsWith('.result');
      const params = [...(row.params ?? [])].sort(byName);
      const resultNames = isObject ? [] : [...(row.resultNames ?? [])].sort();
      expect({ ...row, params, resultNames }).to.deep.equal(expected(name, described));
      if (isObject) expect(result.replace(/^`/, '')).to.match(new RegExp(`^${described.resultSchema}\\b`));
    });
});
