import { expect } from 'chai';
import type { Ask } from '../../server/page/PageSource.js';
import { messagesView } from '../../server/page/views/messagesView.js';
import { updatesCsv, updatesView } from '../../server/page/views/updatesView.js';
import { namedZone, UTC } from '../../server/schedule/zone.js';

/** Answers each method of the engine with what is given for it, and keeps what was asked. */
function engine(answers: Readonly<Record<string, (params: Readonly<Record<string, unknown>>) => unknown>>) {
  const asked: Readonly<Record<string, unknown>>[] = [];
  const ask = async (method: string, params: Readonly<Record<string, unknown>>): Promise<unknown> => {
    asked.push(params);
    return Promise.resolve(answers[method]?.(params));
  };
  return { ask: ask as unknown as Ask, asked };
}

describe('what the views of the status page ask for', () => {
  it('shows the newest messages first, however many there are', async () => {
    for (const count of [0, 1, 3, 1000]) {
      const { ask } = engine({
        'alert/list': () => ({ alerts: [] }),
        'message/list': ({ after, pageSize }) => ({
          messages: Array.from({ length: count }, (_unused, index) => ({ MessageID: index + 1, MessageText: 'x' }))
            .filter(({ MessageID }) => MessageID > Number(after))
            .slice(0, Number(pageSize)),
        }),
      });
      const { markup } = (await messagesView({ ask, query: new URLSearchParams(), zone: UTC })).body;
      const shown = [...markup.matchAll(/class="number">(\d+)</g)].map(([, id]) => Number(id));
      expect(shown[0], String(count)).to.equal(count === 0 ? undefined : count);
      expect(shown.length, String(count)).to.equal(Math.min(200, count));
    }
  });

  it('means the days of the times that it shows', async () => {
    const { ask, asked } = engine({ 'update/list': () => ({ updates: [], next: null }) });
    const query = new URLSearchParams({ from: '2026-11-10', to: '2026-11-10' });
    await updatesView({ ask, query, zone: namedZone('America/Los_Angeles') });
    expect(asked[0])
      .to.include({ datePostedMin: '2026-11-10T08:00:00.000Z' })
      .and.to.include({ datePostedMax: '2026-11-11T07:59:59.999Z' });
  });

  it('gives a spreadsheet no formula, also behind marks that nobody sees', async () => {
    const titles = ['\u200e=1+1', '\n=1', '@x', '-1', 'a\u0000b'];
    const updates = titles.map((LocalizedDisplayName) => ({ LocalizedDisplayName, ArticleID: '1', SeverityName: '' }));
    const { ask } = engine({ 'update/list': () => ({ updates, next: null }) });
    const text = await updatesCsv({ ask, query: new URLSearchParams(), zone: UTC });
    expect(text).to.include("1,'=1+1,").and.include('1,"\'\n=1",').and.include("1,'@x,").and.include("1,'-1,");
    expect(text).to.include('1,a?b,');
  });
});
