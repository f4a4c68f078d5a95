import { expect } from 'chai';
import { compareSurface, expectedDotNetType, formatDifference } from './compareSurface.js';
import type { ActualCommand, ActualParameter, Allowances, Difference } from './compareSurface.js';
import { ALL_PARAMETER_SETS, parseOurs, parsePending } from './surface.js';
import type { CommandSurface, SurfaceParameter } from './surface.js';

const PLAIN = {
  sets: 'all',
  mandatory: false,
  position: null,
  aliases: [],
  values: [],
  pipeline: null,
  wildcard: false,
} as const;

const EXPECTED: CommandSurface = {
  name: 'Set-CMThing',
  defaultParameterSet: 'ByName',
  parameterSets: ['ByName', 'ByValue'],
  supportsShouldProcess: true,
  outputs: [],
  pipelineInput: ['IResultObject'],
  parameters: [
    {
      ...PLAIN,
      name: 'Name',
      type: 'String',
      sets: ['ByName'],
      mandatory: true,
      position: 0,
      aliases: ['SiteName', 'Label'],
    },
    { ...PLAIN, name: 'InputObject', type: 'IResultObject', sets: ['ByValue'], mandatory: true, pipeline: 'ByValue' },
    { ...PLAIN, name: 'Count', type: 'Int32', mandatory: ['ByValue'] },
    { ...PLAIN, name: 'Severity', type: 'Severities', values: ['Error', 'Warning'] },
    { ...PLAIN, name: 'Force', type: 'Switch' },
  ],
};

const UNSET = {
  mandatory: false,
  position: null,
  valueFromPipeline: false,
  valueFromPipelineByPropertyName: false,
} as const;
const IN_ALL = [{ ...UNSET, name: ALL_PARAMETER_SETS }];

const MATCHING: ActualCommand = {
  name: 'Set-CMThing',
  defaultParameterSet: 'ByName',
  parameterSets: ['ByName', 'ByValue'],
  supportsShouldProcess: true,
  confirmImpact: 'Medium',
  outputTypes: [],
  parameters: [
    {
      name: 'Name',
      type: 'System.String',
      aliases: ['Label', 'SiteName'],
      validateSet: null,
      sets: [{ ...UNSET, name: 'ByName', mandatory: true, position: 0 }],
    },
    {
      name: 'InputObject',
      type: 'System.Management.Automation.PSObject',
      aliases: [],
      validateSet: null,
      sets: [{ ...UNSET, name: 'ByValue', mandatory: true, valueFromPipeline: true }],
    },
    {
      name: 'Count',
      type: 'System.Int32',
      aliases: [],
      validateSet: null,
      sets: [
        { ...UNSET, name: 'ByName' },
        { ...UNSET, name: 'ByValue', mandatory: true },
      ],
    },
    { name: 'Severity', type: 'System.String', aliases: [], validateSet: ['Warning', 'Error'], sets: IN_ALL },
    {
      name: 'Force',
      type: 'System.Management.Automation.SwitchParameter',
      aliases: [],
      validateSet: null,
      sets: IN_ALL,
    },
  ],
};

function changed(name: string, change: Partial<ActualParameter>): ActualCommand {
  return {
    ...MATCHING,
    parameters: MATCHING.parameters.map((entry) => (entry.name === name ? { ...entry, ...change } : entry)),
  };
}

function without(name: string): ActualCommand {
  return { ...MATCHING, parameters: MATCHING.parameters.filter((entry) => entry.name !== name) };
}

function extended(parameter: string): ActualCommand {
  return {
    ...MATCHING,
    parameters: [
      ...MATCHING.parameters,
      { name: parameter, type: 'System.String', aliases: [], validateSet: null, sets: IN_ALL },
    ],
  };
}

function differences(actual: ActualCommand, allowances: Allowances = {}): string[] {
  return compareSurface(EXPECTED, actual, allowances).map(({ kind, subject }) => `${kind} ${subject ?? 'command'}`);
}

function only(actual: ActualCommand, allowances: Allowances = {}): Difference {
  const found = compareSurface(EXPECTED, actual, allowances);
  expect(found.map(formatDifference)).to.have.length(1);
  return found[0]!;
}

const LATER = { issue: 7, reason: 'not yet' };

describe('compareSurface', () => {
  it('finds nothing in a command that matches, whatever the order of aliases and values', () => {
    expect(compareSurface(EXPECTED, MATCHING).map(formatDifference)).to.deep.equal([]);
  });

  it('reads in one line', () => {
    expect(formatDifference(only(changed('Force', { type: 'System.Boolean' })))).to.equal(
      'Set-CMThing Force: type: expected System.Management.Automation.SwitchParameter, found System.Boolean',
    );
  });

  describe('each kind of difference', () => {
    const cases: [string, ActualCommand][] = [
      ['missingParameter Force', without('Force')],
      ['extraParameter Wait', extended('Wait')],
      ['type Name', changed('Name', { type: 'System.String[]' })],
      ['alias Name', changed('Name', { aliases: ['SiteName'] })],
      ['alias Force', changed('Force', { aliases: ['F'] })],
      ['sets Force', changed('Force', { sets: [{ ...UNSET, name: 'ByName' }] })],
      ['mandatory Count', changed('Count', { sets: IN_ALL })],
      [
        'position Force',
        changed('Force', {
          sets: [
            { ...IN_ALL[0]!, name: 'ByName', position: 1 },
            { ...UNSET, name: 'ByValue' },
          ],
        }),
      ],
      ['values Severity', changed('Severity', { validateSet: ['Error'] })],
      ['values Severity', changed('Severity', { validateSet: null })],
      ['values Name', changed('Name', { validateSet: ['A'] })],
      ['pipeline InputObject', changed('InputObject', { sets: [{ ...UNSET, name: 'ByValue', mandatory: true }] })],
      ['defaultParameterSet command', { ...MATCHING, defaultParameterSet: 'ByValue' }],
      ['shouldProcess command', { ...MATCHING, supportsShouldProcess: false }],
      ['missingParameterSet ByValue', { ...MATCHING, parameterSets: ['ByName'] }],
      ['extraParameterSet ById', { ...MATCHING, parameterSets: ['ByName', 'ByValue', 'ById'] }],
    ];
    for (const [difference, actual] of cases) {
      it(difference, () => expect(differences(actual)).to.deep.equal([difference]));
    }

    it('names the parameter set in which mandatory differs', () => {
      expect(only(changed('Count', { sets: IN_ALL }))).to.include({
        expected: 'true in ByValue',
        actual: 'false in ByValue',
      });
    });

    it('a parameter in more sets than the reference has', () => {
      const sets = [{ ...UNSET, name: ALL_PARAMETER_SETS, mandatory: true, position: 0 }];
      expect(only(changed('Name', { sets }))).to.include({
        kind: 'sets',
        expected: 'ByName',
        actual: 'ByName, ByValue',
      });
    });

    it('leaves pipeline input by property name free', () => {
      expect(
        differences(changed('Force', { sets: [{ ...IN_ALL[0]!, valueFromPipelineByPropertyName: true }] })),
      ).to.deep.equal([]);
    });
  });

  describe('ours', () => {
    it('allows an extra parameter and an extra set that are listed', () => {
      expect(differences(extended('Wait'), { ours: ['Wait'] })).to.deep.equal([]);
      expect(
        differences({ ...MATCHING, parameterSets: ['ByName', 'ByValue', 'ById'] }, { ourSets: ['ById'] }),
      ).to.deep.equal([]);
    });

    it('reports an entry that is not there, or that the reference has', () => {
      expect(differences(MATCHING, { ours: ['Wait'] })).to.deep.equal(['ours Wait']);
      expect(differences(MATCHING, { ours: ['Force'] })).to.deep.equal(['ours Force']);
    });

    it('lets sets of ours replace the one unnamed set', () => {
      const oneSet: CommandSurface = {
        ...EXPECTED,
        defaultParameterSet: ALL_PARAMETER_SETS,
        parameterSets: [ALL_PARAMETER_SETS],
        parameters: [EXPECTED.parameters[4]!],
      };
      const named: ActualCommand = {
        ...MATCHING,
        defaultParameterSet: 'NoWait',
        parameterSets: ['NoWait', 'Wait'],
        parameters: [MATCHING.parameters[4]!],
      };
      expect(compareSurface(oneSet, named, { ourSets: ['NoWait', 'Wait'] })).to.deep.equal([]);
      expect(compareSurface(oneSet, named).map(({ kind }) => kind)).to.include('defaultParameterSet');
    });
  });

  describe('pending', () => {
    it('allows a missing parameter that is listed', () => {
      expect(differences(without('Force'), { pending: { Force: LATER } })).to.deep.equal([]);
    });

    it('reports a listed parameter that is built, and one that the reference does not know', () => {
      expect(differences(MATCHING, { pending: { Force: LATER } })).to.deep.equal(['pending Force']);
      expect(differences(MATCHING, { pending: { Forse: LATER } })).to.deep.equal(['pending Forse']);
    });

    it('leaves a pending set out of every comparison until it exists', () => {
      const count = { ...MATCHING.parameters[2]!, sets: [{ ...UNSET, name: 'ByName' }] };
      const actual: ActualCommand = {
        ...MATCHING,
        parameterSets: ['ByName'],
        parameters: [MATCHING.parameters[0]!, count, ...MATCHING.parameters.slice(3)],
      };
      const allowances = { pending: { InputObject: LATER }, pendingSets: { ByValue: LATER } };
      expect(differences(actual, allowances)).to.deep.equal([]);
      expect(differences(MATCHING, allowances)).to.deep.equal(['pending ByValue', 'pending InputObject']);
    });
  });

  it('maps the types of the reference to those of a script module', () => {
    const type = (change: Partial<SurfaceParameter>): string =>
      expectedDotNetType({ ...PLAIN, name: 'P', type: 'String', ...change });
    expect(type({ type: 'IResultObject[]' })).to.equal('System.Management.Automation.PSObject[]');
    expect(type({ type: 'Severity[]', values: ['All'] })).to.equal('System.String[]');
    expect(type({ type: 'Uri' })).to.equal('System.Uri');
    expect(type({ type: 'Hashtable' })).to.equal('System.Collections.Hashtable');
  });
});

describe('the lists beside the surface', () => {
  it('may be empty, and may leave levels out', () => {
    expect(parsePending({})).to.deep.equal({ commands: {}, parameters: {}, parameterSets: {} });
    expect(parseOurs({ A: {} })).to.deep.equal({ A: { parameters: [], parameterSets: [], lists: [] } });
  });

  it('refuse what would silently switch a comparison off', () => {
    expect(() => parsePending({ command: {} })).to.throw(TypeError, 'unknown key "command"');
    expect(() => parsePending({ commands: { A: { issue: 0, reason: 'x' } } })).to.throw(
      TypeError,
      'commands: A: issue',
    );
    expect(() => parsePending({ parameters: { A: { B: { issue: 7 } } } })).to.throw(TypeError, 'A: B: reason');
    expect(() => parseOurs({ A: ['Wait'] })).to.throw(TypeError, 'ours.json: A must be an object');
  });
});
