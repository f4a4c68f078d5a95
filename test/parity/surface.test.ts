import { expect } from 'chai';
import { ALL_PARAMETER_SETS, loadSurface } from './surface.js';
import type { CommandSurface, SurfaceParameter } from './surface.js';

/** The matrix of the reference up to Set-CMAlert, in its order. */
const MATRIX = [
  'Set-CMSoftwareUpdatePointComponent',
  'Get-CMSoftwareUpdatePointComponent',
  'Sync-CMSoftwareUpdate',
  'Get-CMSoftwareUpdateSyncStatus',
  'Add-CMSoftwareUpdatePoint',
  'Get-CMSoftwareUpdatePoint',
  'Set-CMSoftwareUpdatePoint',
  'Remove-CMSoftwareUpdatePoint',
  'Get-CMSoftwareUpdateCategory',
  'Get-CMSoftwareUpdate',
  'Set-CMSoftwareUpdate',
  'Save-CMSoftwareUpdate',
  'Get-CMSoftwareUpdateGroup',
  'Get-CMSoftwareUpdateContentInfo',
  'New-CMSchedule',
  'Convert-CMSchedule',
  'Get-CMSite',
  'Get-CMSiteStatusMessage',
  'Get-CMComponentStatusMessage',
  'Get-CMSoftwareUpdateSummarizationSchedule',
  'Set-CMSoftwareUpdateSummarizationSchedule',
  'Invoke-CMSoftwareUpdateSummarization',
  'Get-CMSiteComponent',
  'Get-CMSiteSystemServer',
  'New-CMSiteSystemServer',
  'Set-CMSiteSystemServer',
  'New-CMAlertSubscription',
  'Get-CMAlertSubscription',
  'Set-CMAlertSubscription',
  'Remove-CMAlertSubscription',
  'Get-CMAlert',
  'Set-CMAlert',
  'Enable-CMAlert',
  'Disable-CMAlert',
  'Suspend-CMAlert',
  'Remove-CMAlert',
  'New-CMStatusFilterRule',
  'Set-CMStatusFilterRule',
  'Get-CMStatusFilterRule',
  'Enable-CMStatusFilterRule',
  'Disable-CMStatusFilterRule',
  'Remove-CMStatusFilterRule',
  'Clear-CMComponentStatusMessageCount',
  'Get-CMSiteMaintenanceTask',
  'Set-CMSiteMaintenanceTask',
];

const PLAIN_TYPES = ['String', 'Boolean', 'Switch', 'Int32', 'UInt32', 'DateTime', 'Hashtable', 'IResultObject'];

describe('surface.json', () => {
  const { commands } = loadSurface();

  function command(name: string): CommandSurface {
    return commands.find((entry) => entry.name === name)!;
  }
  function parameter(of: string, name: string): SurfaceParameter {
    return command(of).parameters.find((entry) => entry.name === name)!;
  }
  function everyParameter(check: (entry: SurfaceParameter, of: CommandSurface, where: string) => void): void {
    for (const of of commands) for (const entry of of.parameters) check(entry, of, `${of.name} -${entry.name}`);
  }

  it('has every command of the matrix once, and no other', () => {
    expect(commands.map(({ name }) => name)).to.have.members(MATRIX);
    expect(commands).to.have.length(MATRIX.length);
  });

  it('puts the default parameter set first and names each set once', () => {
    for (const { name, defaultParameterSet, parameterSets } of commands) {
      expect(parameterSets[0], name).to.equal(defaultParameterSet);
      expect(new Set(parameterSets).size, name).to.equal(parameterSets.length);
      if (parameterSets.length > 1) expect(parameterSets, name).not.to.include(ALL_PARAMETER_SETS);
    }
    expect(command('New-CMSchedule').parameterSets).to.have.length(18);
  });

  it('puts every parameter into at least one set that exists', () => {
    everyParameter(({ sets }, of, where) => {
      if (sets === 'all') return;
      expect(sets, where).not.to.be.empty;
      expect(of.parameterSets, where).to.include.members([...sets]);
      expect(sets.length, `${where}: write "all"`).to.be.below(of.parameterSets.length);
    });
  });

  it('says mandatory only of sets that the parameter is in', () => {
    everyParameter(({ sets, mandatory }, of, where) => {
      if (typeof mandatory === 'boolean') return;
      expect(mandatory, where).not.to.be.empty;
      expect(sets === 'all' ? of.parameterSets : sets, where).to.include.members([...mandatory]);
    });
  });

  it('has values for every enumeration and for nothing else', () => {
    everyParameter(({ type, values }, _of, where) => {
      expect(values.length > 0, where).to.equal(!PLAIN_TYPES.includes(type.replace(/\[\]$/, '')));
    });
  });

  it('has no name or alias twice in a command', () => {
    for (const { name, parameters } of commands) {
      const names = parameters.flatMap((entry) => [entry.name, ...entry.aliases]).map((entry) => entry.toLowerCase());
      expect(new Set(names).size, name).to.equal(names.length);
    }
  });

  it('agrees with the pipeline input of each command', () => {
    for (const { name, pipelineInput, parameters } of commands) {
      const types = new Set(parameters.filter(({ pipeline }) => pipeline === 'ByValue').map(({ type }) => type));
      expect([...types], name).to.have.members([...pipelineInput]);
    }
  });

  it('offers ShouldProcess on everything that changes state and on New-CMSchedule', () => {
    for (const { name, supportsShouldProcess } of commands)
      expect(supportsShouldProcess, name).to.equal(!/^(Get|Convert)-/.test(name));
  });

  it('gives every command the two wildcard switches', () => {
    for (const { name, parameters } of commands) {
      const switches = parameters
        .filter(({ type, sets }) => type === 'Switch' && sets === 'all')
        .map((entry) => entry.name);
      expect(switches, name).to.include.members(['DisableWildcardHandling', 'ForceWildcardHandling']);
    }
  });

  it('has what exists beside the pages, marked', () => {
    const marked: string[] = [];
    everyParameter((entry, _of, where) => {
      if (entry.undocumented === true) marked.push(`${where} ${entry.type}`);
    });
    expect(marked).to.deep.equal([
      'Set-CMSoftwareUpdatePointComponent -EnableSynchronization Boolean',
      'Set-CMSoftwareUpdatePointComponent -NonWindowsUpdateMaxRuntimeMins Int32',
      'Add-CMSoftwareUpdatePoint -Wledbat Boolean',
      'Set-CMSoftwareUpdatePoint -Wledbat Boolean',
    ]);
  });

  it('keeps what scripts trip over', () => {
    expect(parameter('Sync-CMSoftwareUpdate', 'FullSync').type).to.equal('Boolean');
    expect(parameter('Add-CMSoftwareUpdatePoint', 'EnableCloudGateway').type).to.equal('Switch');
    expect(parameter('Set-CMSoftwareUpdatePoint', 'EnableCloudGateway').type).to.equal('Boolean');
    expect(parameter('Get-CMSoftwareUpdate', 'Id').type).to.equal('Int32');
    expect(parameter('Set-CMSoftwareUpdate', 'Id').type).to.equal('String');
    expect(parameter('Get-CMSite', 'SiteCode').position).to.equal(0);
    expect(parameter('New-CMSchedule', 'RecurCount').mandatory).to.deep.equal([
      'RecurrenceIntervalWithDuration',
      'RecurrenceIntervalWithEnd',
      'RecurrenceInterval',
    ]);
  });
});
