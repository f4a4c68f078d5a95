import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { XMLParser } from 'fast-xml-parser';
import { powershellSuite, repositoryRoot, jsonInSession } from '../powershell/powershellEngine.js';
import { IMPORT_MODULE_JSON } from './fakeSession.js';
import { moduleScripts } from './moduleScripts.js';
import { objectKinds } from './objectKinds.js';

interface Column {
  readonly Label: string;
  readonly Width?: number;
}

interface View {
  readonly type: string;
  readonly columns: readonly Column[];
  readonly cells: number;
  readonly properties: readonly string[];
}

interface ViewXml {
  readonly ViewSelectedBy: { readonly TypeName: string };
  readonly TableControl: {
    readonly TableHeaders: { readonly TableColumnHeader: readonly Column[] };
    readonly TableRowEntries: {
      readonly TableRowEntry: {
        readonly TableColumnItems: { readonly TableColumnItem: readonly { readonly PropertyName?: string }[] };
      };
    };
  };
}

/** Types without a table of 4 to 6 columns, and why. */
const EXCEPTIONS: Readonly<Record<string, string>> = {
  'ConfigMgrSync.EmbeddedPropertyList': 'has two properties',
  'ConfigMgrSync.Health': 'is one answer: its sentence stands in full in a list',
  'ConfigMgrSync.JoinToken': 'is copied from the screen: a list never cuts the token',
  'ConfigMgrSync.Notification': 'is one answer: settings stand in full in a list',
  'ConfigMgrSync.NewStatusToken': 'is copied from the screen: a list never cuts the token',
  'ConfigMgrSync.ScheduleToken': 'every class of token has properties of its own: a list',
};

/** Columns in a window of 80 characters of tables whose further ones need one of 120: there they are not begun. */
const WIDER: Readonly<Record<string, number>> = {
  'ConfigMgrSync.HealthRow': 6,
  'ConfigMgrSync.Service': 4,
  'ConfigMgrSync.Site': 4,
};

const cmdlets = join(repositoryRoot(), 'cmdlets');

function readViews(): View[] {
  const text = readFileSync(join(cmdlets, 'ConfigMgrSync.Format.ps1xml'), 'utf8');
  const document = new XMLParser().parse(text) as { Configuration: { ViewDefinitions: { View: ViewXml[] } } };
  const tables = document.Configuration.ViewDefinitions.View.filter((view) => 'TableControl' in view);
  return tables.map(({ ViewSelectedBy, TableControl }) => {
    const cells = TableControl.TableRowEntries.TableRowEntry.TableColumnItems.TableColumnItem;
    const properties = cells.flatMap(({ PropertyName }) => (PropertyName === undefined ? [] : [PropertyName]));
    return {
      type: ViewSelectedBy.TypeName,
      columns: TableControl.TableHeaders.TableColumnHeader,
      cells: cells.length,
      properties,
    };
  });
}

/** Names of the types that the scripts make, from the table of kinds and the PSTypeName of their objects. */
function typesMade(): string[] {
  const text = moduleScripts()
    .map((script) => script.text)
    .join('\n');
  const names = text.matchAll(/(?:PSTypeName\s*=\s*|TypeNames\.Insert\(0, )'(ConfigMgrSync\.\w+)'/g);
  const ofTable = Object.keys(objectKinds()).map((kind) => `ConfigMgrSync.${kind}`);
  return [...new Set([...ofTable, ...[...names].map(([, name]) => name ?? '')])].sort();
}

powershellSuite('cmdlets: the tables of all types', (engine) => {
  const views = readViews();

  it('are there for every type that a command gives, and for no other', () => {
    const withView = views.map(({ type }) => type);
    expect(
      [...withView, ...Object.keys(EXCEPTIONS)].filter((type, at, all) => all.indexOf(type) === at).sort(),
    ).to.deep.equal(typesMade());
  });

  it('have four to six columns, each with its cell', () => {
    for (const { type, columns, cells } of views) {
      expect(cells, type).to.equal(columns.length);
      const most = type in WIDER ? 8 : 6;
      if (!(type in EXCEPTIONS)) expect(columns.length, type).to.be.within(4, most);
    }
  });

  it('show all their columns in a window of 80 characters, the first in full', async () => {
    const objects = views.map(
      ({ type, properties }) =>
        `@{ PSTypeName = '${type}'; ${properties.map((name, at) => `'${name}' = 'v${String(at)}'`).join('; ')} }`,
    );
    const script =
      `${IMPORT_MODULE_JSON}ConvertTo-Json -Compress @(foreach ($one in @(\n${objects.join('\n')}\n)) ` +
      `{ ([pscustomobject] $one | Format-Table | Out-String -Width 80) })`;
    const shown = await jsonInSession<string[]>(engine(), script);
    views.forEach(({ type, columns, properties }, at) => {
      const lines = (shown[at] ?? '').split(/\r?\n/).filter((line) => line.trim() !== '');
      const ruled = lines.findIndex((line) => /^[- ]+$/.test(line));
      const [header = '', rule = '', row = ''] = [lines[0], lines[ruled], lines[ruled + 1]];
      expect(rule.trim().split(/\s+/).length, `${type}\n${shown[at] ?? ''}`).to.equal(WIDER[type] ?? columns.length);
      expect(header.trim().split(/\s+/)[0], type).to.equal(columns[0]?.Label);
      for (const property of properties.slice(0, WIDER[type]).keys())
        expect(row, `${type}\n${shown[at] ?? ''}`).to.contain(`v${String(property)}`);
    });
  });
});
