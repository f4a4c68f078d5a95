import { expect } from 'chai';
import { readUpdateDocument, readUpdateInSteps } from '../../server/metadata/readUpdateDocument.js';
import { guidOf, updateDocument, updateDocumentText } from '../fixtures/updateDocuments.js';
import { oracleView } from './oracle.js';
import { readerView } from './readerView.js';

const UPDATE = 'http://schemas.microsoft.com/msus/2002/12/Update';
const ID = guidOf(1);
const IDENTITY = `<UpdateIdentity UpdateID="${ID}" RevisionNumber="3"/>`;
const inUpdate = (inner: string): string => `<Update xmlns="${UPDATE}">${inner}</Update>`;
const titled = (title: string): string =>
  inUpdate(
    `${IDENTITY}<LocalizedPropertiesCollection><LocalizedProperties><Language>en</Language><Title>${title}</Title>` +
      `</LocalizedProperties></LocalizedPropertiesCollection>`,
  );
const full = updateDocumentText({
  id: ID,
  revision: 7,
  title: 'Tom & "Jerry" <3>',
  description: 'Two\nlines',
  kb: '5034441',
  severity: 'Critical',
  categories: [guidOf(10), guidOf(11)],
  supersedes: [guidOf(20), guidOf(21)],
  bundles: [
    { id: guidOf(30), revision: 2 },
    { id: guidOf(31), revision: 5 },
  ],
});

const SHAPES: Readonly<Record<string, string>> = {
  'the upd prefix of the real upstream': full,
  'another prefix': full.replaceAll('upd:', 'x-1.y:').replace('xmlns:upd', 'xmlns:x-1.y'),
  'the default namespace': full.replaceAll('upd:', '').replace('xmlns:upd', 'xmlns'),
  'a category document': updateDocumentText({
    id: ID,
    type: 'Category',
    title: 'Windows 11',
    category: { type: 'Product', prohibitsUpdates: true },
    categories: [guidOf(9)],
  }),
  'a namespace redeclared on every nested element': inUpdate(
    `<u:UpdateIdentity xmlns:u="${UPDATE}" RevisionNumber="3" UpdateID="${ID}"/><z:Relationships ` +
      `xmlns:z="${UPDATE}"><y:SupersededUpdates xmlns:y="${UPDATE}"><y:UpdateIdentity ` +
      `UpdateID="${guidOf(2)}"/></y:SupersededUpdates></z:Relationships>`,
  ),
  'a foreign default namespace inside applicability rules': inUpdate(
    `${IDENTITY}<ApplicabilityRules xmlns="urn:rules"><Properties ` +
      `UpdateType="Wrong"/></ApplicabilityRules><Properties UpdateType="Software"/>`,
  ),
  'a foreign element named Properties beside the real one': inUpdate(
    `${IDENTITY}<p:Properties xmlns:p="urn:x" ` +
      `UpdateType="Wrong"><p:KBArticleID>1</p:KBArticleID></p:Properties><Properties UpdateType="Driver"/>`,
  ),
  'attributes in another order and single quotes': inUpdate(
    `<UpdateIdentity RevisionNumber='3'   UpdateID='${ID}'\n/><Properties PublicationState='Expired' UpdateType = ` +
      `"Software"></Properties>`,
  ),
  'an upper-case GUID': inUpdate(
    `<UpdateIdentity UpdateID="${ID.toUpperCase().replace('0000', 'ABCD')}" RevisionNumber="3"/>`,
  ),
  'a byte order mark and an XML declaration': `\ufeff<?xml version="1.0" encoding="utf-8"?>\n${titled('Plain')}`,
  'an XML declaration and comments around the root':
    `<?xml version="1.0"?><!-- before ` + `-->\n${titled('Plain')}\n<!-- after -->\n`,
  'a CDATA section': titled('<![CDATA[a < b && c]]>'),
  'text around a CDATA section': titled('one <![CDATA[<two>]]> three'),
  'adjacent CDATA sections': titled('<![CDATA[a]]><![CDATA[b]]>c'),
  'an empty CDATA section': titled('<![CDATA[]]>'),
  'a comment in the middle of a text': titled('before<!-- note -->after'),
  'a processing instruction in the middle of a text': titled('before<?note x?>after'),
  'named entities': titled('&lt;&gt;&amp;&quot;&apos;'),
  'numeric entities': titled('&#65;&#x42;&#x1F600;&#10;'),
  'an escaped ampersand that looks like an entity': titled('&amp;lt;'),
  'entities in attributes': inUpdate(
    `${IDENTITY}<Files><File FileName="a&amp;b&#x20;&lt;c&gt;.cab" Size="12"><AdditionalDigest ` +
      `Algorithm="SHA256">abc=</AdditionalDigest></File></Files>`,
  ),
  'white space that counts': titled('  two  blanks  '),
  'several scripts': titled('\u00c9t\u00e9 \u65e5\u672c\u8a9e \ud83d\ude80'),
  'empty elements in both forms': titled('').replace(
    '</Update>',
    '<Properties UpdateType="Software"><KBArticleID/><KBArticleID></KBArticleID></Properties>' +
      '<Relationships/><Files></Files></Update>',
  ),
  'several languages': inUpdate(
    `${IDENTITY}<LocalizedPropertiesCollection><LocalizedProperties><Language>EN</Language><Title>a</Title>` +
      `</LocalizedProperties><LocalizedProperties><Title>b</Title><Language>de</Language></LocalizedProperties>` +
      `</LocalizedPropertiesCollection>`,
  ),
  'clauses with several members': inUpdate(
    `${IDENTITY}<Relationships><Prerequisites><UpdateIdentity ` +
      `UpdateID="${guidOf(5)}"/><AtLeastOne><UpdateIdentity UpdateID="${guidOf(6)}"/><UpdateIdentity ` +
      `UpdateID="${guidOf(7)}"/></AtLeastOne><AtLeastOne IsCategory="true"><UpdateIdentity ` +
      `UpdateID="${guidOf(8)}"/></AtLeastOne></Prerequisites></Relationships>`,
  ),
  'greater-than signs and brackets in text': titled('a > b ]] c ]'),
};

const MANY = Array.from({ length: 3000 }, (_unused, index) => guidOf(0x1000 + index));

describe('readUpdateDocument', () => {
  for (const [shape, xml] of Object.entries(SHAPES)) {
    it(`reads ${shape} as fast-xml-parser does`, () => {
      expect(readerView(xml)).to.deep.equal(oracleView(xml));
    });
  }

  it('normalizes line ends to line feeds as XML demands', () => {
    expect(readUpdateDocument(Buffer.from(titled('a\r\nb\rc')), 'x').localizedProperties[0]?.title).to.equal('a\nb\nc');
  });

  it('takes only the texts of the languages that are wanted', () => {
    const xml = inUpdate(
      `${IDENTITY}<LocalizedPropertiesCollection>` +
        `${['en', 'de', 'fr']
          .map(
            (code) =>
              `<LocalizedProperties><Language>${code}</Language><Title>t-` + `${code}</Title></LocalizedProperties>`,
          )
          .join('')}</LocalizedPropertiesCollection>`,
    );
    const asked: string[] = [];
    const { localizedProperties } = readUpdateDocument(Buffer.from(xml), 'x', {
      wantsLanguage: (language) => {
        asked.push(language);
        return language === 'de';
      },
    });
    expect(localizedProperties.map((texts) => texts.title)).to.deep.equal(['t-de']);
    expect(asked).to.deep.equal(['en', 'de', 'fr']);
  });

  it('leaves out a language that is named after its title', () => {
    const xml = inUpdate(
      `${IDENTITY}<LocalizedPropertiesCollection><LocalizedProperties><Title>t</Title><Language>fr</Language>` +
        `</LocalizedProperties></LocalizedPropertiesCollection>`,
    );
    expect(
      readUpdateDocument(Buffer.from(xml), 'x', { wantsLanguage: (language) => language === 'en' }).localizedProperties,
    ).to.deep.equal([]);
  });

  it('ignores elements of a foreign namespace where it looks for its own', () => {
    const xml = inUpdate(
      `${IDENTITY}<LocalizedPropertiesCollection><LocalizedProperties><Language>en</Language><Title>real</Title>` +
        `<x:Title xmlns:x="urn:x">foreign</x:Title></LocalizedProperties></LocalizedPropertiesCollection>`,
    );
    expect(readUpdateDocument(Buffer.from(xml), 'x').localizedProperties[0]?.title).to.equal('real');
  });

  it('ignores attributes of a foreign namespace', () => {
    const xml = inUpdate(`${IDENTITY}<Properties xmlns:x="urn:x" x:UpdateType="Driver" UpdateType="Software"/>`);
    expect(readUpdateDocument(Buffer.from(xml), 'x').updateType).to.equal('Software');
  });

  it('reads a text of thousands of CDATA sections', () => {
    const { localizedProperties } = readUpdateDocument(Buffer.from(titled('<![CDATA[a]]>'.repeat(50_000))), 'x');
    expect(localizedProperties[0]?.title).to.have.length(50_000);
  });

  it('gives the defaults of what a document leaves out', () => {
    const metadata = readUpdateDocument(Buffer.from(inUpdate(IDENTITY)), 'x');
    expect(metadata).to.include({
      updateType: '',
      defaultLanguage: 'en',
      isPublic: true,
      isBeta: false,
      explicitlyDeployable: false,
      maxDownloadSize: 0,
    });
    expect(metadata.category).to.equal(undefined);
  });

  it('reads the flags and sizes of Properties', () => {
    const xml = inUpdate(
      `${IDENTITY}<Properties IsPublic="false" IsBeta="1" OSUpgrade="true" IsMandatory="true" PerUser="true" ` +
        `MaxDownloadSize="12345678901" EulaID="${ID.toUpperCase()}"><InstallationBehavior ` +
        `Impact="RequiresExclusiveHandling" RebootBehavior="CanRequestReboot" ` +
        `CanRequestUserInput="true"/></Properties>`,
    );
    expect(readUpdateDocument(Buffer.from(xml), 'x')).to.include({
      isPublic: false,
      isBeta: true,
      osUpgrade: true,
      isMandatory: true,
      perUser: true,
      maxDownloadSize: 12_345_678_901,
      eulaId: ID,
      impact: 'RequiresExclusiveHandling',
      canRequestUserInput: true,
    });
  });

  for (const [what, parts] of [
    ['bundles', { bundles: MANY.map((id) => ({ id, revision: 1 })) }],
    ['supersedes', { supersedes: MANY }],
    ['requires', { prerequisites: MANY }],
  ] as const)
    it(`takes steps where a document ${what} very many others, and reads the same`, () => {
      const xml = updateDocument({ id: guidOf(1), title: 'Star', ...parts });
      const steps = readUpdateInSteps(xml, 'star');
      let taken = 0;
      let step = steps.next();
      for (; step.done !== true; step = steps.next()) taken += 1;
      expect(taken).to.be.at.least(MANY.length / 500 - 1);
      expect(step.value).to.deep.equal(readUpdateDocument(xml, 'star'));
      const { bundledUpdates, supersededUpdates, prerequisites } = step.value;
      const named = [...bundledUpdates.flat(), ...supersededUpdates, ...prerequisites].length;
      expect(named).to.be.at.least(MANY.length);
    });
});
