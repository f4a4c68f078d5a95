import { expect } from 'chai';
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PackageSource } from '../../server/transfer/PackageSource.js';
import { openWsusPackage } from '../../server/transfer/openPackage.js';
import { surveyPackage } from '../../server/transfer/surveyPackage.js';
import { sourceAcceptance } from '../upstream/sourceAcceptance.js';
import { cabinetOf, listed, manifestXml, record, updateXml } from './packageFile.js';
import { describeWithRealCatalogue } from './realCatalogue.js';

const NEVER = new AbortController().signal;
const id = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

async function sourceOf(file: string): Promise<PackageSource> {
  const opened = await openWsusPackage(file);
  return new PackageSource(
    opened,
    await surveyPackage(opened, file, { onProgress: () => undefined }),
    'the exporting server',
  );
}

describeWithRealCatalogue('PackageSource', (real) => {
  sourceAcceptance('PackageSource over the real export', async () => {
    const source = await sourceOf(real);
    return { source, end: async () => source.close() };
  });
});

describe('PackageSource', () => {
  let folder: string;
  let source: PackageSource;
  before(async () => {
    folder = fs.mkdtempSync(path.join(tmpdir(), 'cms-source-'));
    const file = path.join(folder, 'a.cab');
    const inside = (number: number): string =>
      `<Files><File Digest="D${number}=" /></Files><Categories><Category Value="${id(number)}" ` +
      `/></Categories><Classifications><Classification Value="${id(9)}" /></Classifications>`;
    const updates = [1, 2, 3].map((number) => listed(id(number), 1, inside(number))).join('');
    const files =
      '<Files><File Digest="D1=" MUUrl="http://host/1" Name="1.cab" /><File Digest="D2=" MUUrl="" Name="2.cab" ' +
      '/></Files>';
    fs.writeFileSync(
      file,
      cabinetOf({
        'package.xml': manifestXml(updates, files),
        'metadata.txt': [1, 2, 3].map((number) => record(id(number), 1, updateXml(id(number), 1))).join(''),
      }),
    );
    source = await sourceOf(file);
  });
  after(async () => {
    await source.close();
    fs.rmSync(folder, { recursive: true });
  });

  it('lists what a filter selects', async () => {
    const list = async (categories: number[], classifications: number[]): Promise<string[]> =>
      (
        await source.listRevisions(
          {
            config: false,
            anchor: '',
            languages: [],
            categories: categories.map((number) => ({ id: id(number), delta: true })),
            classifications: classifications.map((number) => ({ id: id(number), delta: false })),
          },
          NEVER,
        )
      ).revisions.map(({ updateId }) => updateId);
    expect(await list([], [])).to.deep.equal([id(1), id(2), id(3)]);
    expect(await list([2, 7], [9])).to.deep.equal([id(2)]);
    expect(await list([2], [8])).to.deep.equal([]);
  });

  it('delivers in any order, several askers at once, with the addresses of the files it knows', async () => {
    const fetch = async (...numbers: number[]): Promise<string[]> =>
      (
        await source.fetchDocuments(
          numbers.map((number) => ({ updateId: id(number), revisionNumber: 1 })),
          NEVER,
        )
      ).documents.map(({ identity }) => identity.updateId);
    expect(await Promise.all([fetch(3), fetch(1, 3), fetch(2)])).to.deep.equal([[id(3)], [id(1), id(3)], [id(2)]]);
    const { fileUrls } = await source.fetchDocuments(
      [1, 2, 3].map((number) => ({ updateId: id(number), revisionNumber: 1 })),
      NEVER,
    );
    expect(fileUrls).to.deep.equal([{ digest: 'D1=', muUrl: 'http://host/1', ussUrl: '' }]);
  });
});
