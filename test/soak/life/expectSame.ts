import { expect } from 'chai';

/** Compares two tables and says what they have differently, a line for each entry. */
export function expectSame(what: string, found: object, expected: object): void {
  expect(differences(new Map(Object.entries(found)), new Map(Object.entries(expected))), what).to.deep.equal([]);
}

function differences(found: ReadonlyMap<string, unknown>, expected: ReadonlyMap<string, unknown>): readonly string[] {
  const names = [...new Set([...expected.keys(), ...found.keys()])].sort();
  return names
    .filter((name) => JSON.stringify(found.get(name)) !== JSON.stringify(expected.get(name)))
    .map(
      (name) =>
        `${name}: the site has ${JSON.stringify(found.get(name))}, the model ${JSON.stringify(expected.get(name))}`,
    );
}
