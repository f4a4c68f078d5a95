import { expect } from 'chai';
import yargs from 'yargs';
import * as options from '../../server/cli/parser/options.js';
import { plainCall } from '../../server/cli/parser/plainCall.js';

/** What the parser of the command line makes of the words behind a verb. */
function parsed(verb: string, words: readonly string[]): Record<string, unknown> {
  const parser = yargs([...words]).parserConfiguration({ 'boolean-negation': false });
  const read = (verb === 'sync' ? options.sync(parser) : options.site(parser)).parseSync() as Record<string, unknown>;
  const names = Object.keys(plainCall([verb])?.args ?? {});
  return Object.fromEntries(names.map((name) => [name, read[name]]));
}

const SITES = [[], ['--site-code', 'ABC'], ['--site-path', '/srv/a b/=c'], ['--site-path', 'C:\\Sites\\ABC']];
const MORE_SITES = [
  ['--site-code', '007'],
  ['--site-code', 'ABC', '--site-path', '0x10'],
];

describe('cli: a call that is understood without the parser', () => {
  it('has the arguments that the parser makes of it', () => {
    for (const verb of ['status', 'health', 'sync'])
      for (const site of [...SITES, ...MORE_SITES])
        for (const flags of verb === 'sync' ? [['--full-sync', '--no-wait'], ['--join', '--json'], []] : [['--json']]) {
          for (const words of [
            [...site, ...flags],
            [...flags, ...site],
          ])
            expect(plainCall([verb, ...words])?.args, `${verb} ${words.join(' ')}`).to.deep.equal(parsed(verb, words));
        }
  });

  it('leaves every other call to the parser', () => {
    const others = [
      '',
      'toString',
      'config get',
      'status x',
      'status --help',
      'status -h',
      'status --json --json',
      'status --json=false',
      'status --json true',
      'status --no-json',
      'status --full-sync',
      'status --site-code',
      'status --site-code --json',
      'status --site-code=ABC',
      'status --site-code "ABC"',
      "status --site-code 'ABC'",
      'status --site-code A --site-code B',
      'status --siteCode ABC',
      'status --',
      'sync --timeout-seconds 5',
      'sync --stop',
      '--json status',
    ];
    for (const call of others) expect(plainCall(call.split(' ')), call).to.equal(undefined);
    expect(plainCall(['status', '--site-code', ''])).to.equal(undefined);
  });
});
