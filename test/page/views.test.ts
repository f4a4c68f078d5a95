import { expect } from 'chai';
import type { Ask, Reader } from '../../server/page/PageSource.js';
import { healthView } from '../../server/page/views/healthView.js';
import { logView } from '../../server/page/views/logView.js';
import { messagesView } from '../../server/page/views/messagesView.js';
import { settingsView } from '../../server/page/views/settingsView.js';
import { sitesView } from '../../server/page/views/sitesView.js';
import { updatesCsv, updatesView } from '../../server/page/views/updatesView.js';
import type { LogEntry } from '../../server/status/readLog.js';
import { namedZone, UTC } from '../../server/schedule/zone.js';

const NOW = new Date(Date.UTC(2026, 10, 30, 12));

async function* noLog(): AsyncGenerator<never> {
  // A site that has just been made.
}

/** Somebody who asks for nothing special. */
function reader(ask: Ask): Reader {
  return { ask, query: new URLSearchParams(), zone: UTC, now: NOW, log: noLog };
}

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
      const { markup } = (await messagesView(reader(ask))).body;
      const shown = [...markup.matchAll(/class="number">(\d+)</g)].map(([, id]) => Number(id));
      expect(shown[0], String(count)).to.equal(count === 0 ? undefined : count);
      expect(shown.length, String(count)).to.equal(Math.min(200, count));
    }
  });

  it('means the days of the times that it shows', async () => {
    const { ask, asked } = engine({ 'update/list': () => ({ updates: [], next: null }) });
    const query = new URLSearchParams({ from: '2026-11-10', to: '2026-11-10' });
    await updatesView({ ...reader(ask), query, zone: namedZone('America/Los_Angeles') });
    expect(asked[0])
      .to.include({ datePostedMin: '2026-11-10T08:00:00.000Z' })
      .and.to.include({ datePostedMax: '2026-11-11T07:59:59.999Z' });
  });

  it('gives a spreadsheet no formula, also behind marks that nobody sees', async () => {
    const titles = ['\u200e=1+1', '\n=1', '@x', '-1', 'a\u0000b'];
    const updates = titles.map((LocalizedDisplayName) => ({ LocalizedDisplayName, ArticleID: '1', SeverityName: '' }));
    const { ask } = engine({ 'update/list': () => ({ updates, next: null }) });
    const text = await updatesCsv(reader(ask));
    expect(text).to.include("1,'=1+1,").and.include('1,"\'\n=1",').and.include("1,'@x,").and.include("1,'-1,");
    expect(text).to.include('1,a?b,');
  });

  it('gives as many updates as CSV as it says, with one question, for a spreadsheet of Windows too', async () => {
    const { ask, asked } = engine({
      'update/list': ({ after }) => ({
        updates: [{ LocalizedDisplayName: 'Ä', ArticleID: String(after), SeverityName: '' }],
        next: 5000,
      }),
    });
    const text = await updatesCsv({ ...reader(ask), query: new URLSearchParams({ kb: 'KB1', after: '50' }) });
    expect(text)
      .to.match(/^\uFEFFKB,Title/)
      .and.match(/\r\n0,Ä,/);
    expect(asked.map(({ articleId, after, pageSize }) => [articleId, after, pageSize])).to.deep.equal([
      ['KB1', 0, 5000],
    ]);
  });

  it('says in words when the next synchronization is', async () => {
    const component = {
      UpstreamSourceLocation: 'http://up',
      ScheduleDescription: 'Every Tuesday at 02:00',
      NextSyncTime: '2026-12-02T16:00:00Z',
      NextSyncReason: 'schedule',
    };
    const names = ['Companies', 'ProductFamilies', 'Products', 'UpdateClassifications', 'LanguageSummaryDetails'];
    const lists: readonly (readonly [string, readonly string[]])[] = [
      ...names,
      'LanguageUpdateFiles',
      'PendingCategories',
      'MissingCategories',
    ].map((name) => [name, []]);
    const { ask } = engine({ 'component/get': () => ({ ...component, ...(Object.fromEntries(lists) as object) }) });
    const { markup } = (await settingsView(reader(ask))).body;
    expect(markup).to.include('Every Tuesday at 02:00; next in 2 d 4 h (<time datetime="2026-12-02T16:00:00Z">');
  });

  describe('of a hierarchy', () => {
    const LATE = '2026-11-30T11:00:00.000Z';
    /** Sites below the first, some of them below the second; those of these numbers are not in step. */
    const hierarchy = (count: number, late: readonly number[]): Ask => {
      const name = (index: number): string => `server${index}.example`;
      const rows = Array.from({ length: count }, (_unused, index) => ({
        SiteCode: index.toString(36).padStart(3, '0'),
        WSUSServerName: name(index),
        InStep: !late.includes(index),
        VersionsBehind: late.includes(index) ? 2 : 0,
        Since: late.includes(index) ? LATE : null,
        Link: 'Healthy',
        LastSyncState: 6702,
        LastSuccessfulSyncTime: LATE,
        LastError: late.includes(index) ? 'The upstream cannot be reached.' : '',
        NextSyncTime: null,
      }));
      const status = rows.map(({ SiteCode, WSUSServerName }, index) => ({
        SiteCode,
        WSUSServerName,
        WSUSSourceServer: index === 0 ? 'Microsoft Update' : name(0),
        LastSyncStateName: 'WSUS synchronization done.',
        LastSyncStateTime: LATE,
        // The third is of a version that does not say it.
        ...(index === 2 ? {} : { MeanDurationSeconds: 61, DurationDeviationSeconds: 2.5 }),
      }));
      const codeOf = (index: number): string => rows[index]?.SiteCode ?? '';
      const sites = rows.map(({ SiteCode }, index) => ({
        SiteCode,
        ReportingSiteCode: index === 0 ? '' : codeOf(index % 3 === 2 ? 1 : 0),
      }));
      const failure = (MessageID: number, index: number) => ({
        MessageID,
        SiteCode: codeOf(index),
        MachineName: name(index),
      });
      const messages = [...late.flatMap((index) => [6703, 6702, 6703, 6703].map((id) => failure(id, index)))];
      return engine({
        'health/get': () => ({
          Status: 'Degraded',
          Summary: 'x',
          Actions: late.map(String),
          SoftwareUpdatePoints: rows,
        }),
        'status/get': () => ({ status, warnings: ['No engine is kept.'] }),
        'site/tree': () => ({ sites }),
        'message/list': ({ after, pageSize }) => ({
          messages: messages.slice(Number(after)).slice(0, Number(pageSize)),
        }),
      }).ask;
    };
    const serversOf = (markup: string): string[] =>
      [...markup.matchAll(/<th scope="row">(?:<span class="depth(\d)">)?(server\d+)/g)].map(
        ([, depth = '0', server]) => `${depth} ${server}`,
      );

    it('has each site below its source, however its rows come', async () => {
      const { markup } = (await healthView(reader(hierarchy(6, [4])))).body;
      expect(serversOf(markup)).to.deep.equal([
        '0 server0',
        '1 server1',
        '2 server2',
        '2 server5',
        '1 server3',
        '1 server4',
      ]);
      expect(markup).to.include('No engine is kept.').and.include('<td>1 h 0 min <small>since <time');
      expect(markup.match(/<td class="number">1 min 1 s \u00b1 2\.5 s<\/td>/g)).to.have.length(5);
      expect(markup).to.include('standard deviation of the last 20 successful synchronizations.');
      expect(markup).to.include('The upstream cannot be reached.</a> (2 times) <time datetime="2026-11-30T11:00:00Z">');
    });

    it('has less than 50 KB where none of 500 is in step', async () => {
      const all = Array.from({ length: 500 }, (_unused, index) => index);
      const { markup } = (await healthView(reader(hierarchy(500, all)))).body;
      expect(markup.length).to.be.below(48_000);
      expect(markup).to.include('<li>29</li>').and.include('<li>470 more.</li>').and.not.include('<li>30</li>');
    });

    it('shows of 500 who is not in step, with who stands above, and the rest page by page', async () => {
      const ask = hierarchy(500, [2, 400]);
      const { markup } = (await healthView(reader(ask))).body;
      expect(serversOf(markup)).to.deep.equal(['0 server0', '1 server1', '2 server2', '1 server400']);
      expect(markup).to.include('498 of 500 software update points are in step; 496 of them are not shown here.');
      const seen: string[] = [];
      for (let from: string | undefined = '0'; from !== undefined;) {
        const query = new URLSearchParams({ from });
        const page: string = (await sitesView({ ...reader(ask), query })).body.markup;
        seen.push(...serversOf(page));
        [, from] = /\/sites\?from=(\d+)/.exec(page) ?? [];
      }
      expect(new Set(seen).size).to.equal(500);
      expect(seen).to.have.length(500);
    });
  });

  it('shows the log by run and severity, the newest first, as much as a page takes', async () => {
    const entry = (minute: number, severity: LogEntry['severity']): LogEntry => ({
      time: Date.UTC(2026, 10, 30, 10, minute),
      severity,
      text: `at ${minute} <b>`,
    });
    let pieces = 0;
    async function* log(): AsyncGenerator<readonly LogEntry[]> {
      for (let piece = 0; piece < 100; piece += 1) {
        pieces += 1;
        yield Promise.resolve(Array.from({ length: 60 }, (_unused, index) => entry(-piece * 60 - index, 'Error')));
      }
    }
    const run = { Id: 7, StartTime: '2026-11-30T08:58:00Z', EndTime: '2026-11-30T09:00:00Z' };
    const { ask } = engine({ 'run/list': () => ({ runs: [run] }) });
    const shown = async (query: Record<string, string>): Promise<string[]> => {
      pieces = 0;
      const view = await logView({ ...reader(ask), log, query: new URLSearchParams(query) });
      return [...view.body.markup.matchAll(/at (-?\d+) &lt;b&gt;/g)].map(([, minute = '']) => minute);
    };
    expect((await shown({})).length).to.equal(200);
    expect(pieces).to.equal(4);
    expect((await shown({ skip: '200' }))[0]).to.equal('-200');
    expect(await shown({ run: '7' })).to.deep.equal(['-60', '-61', '-62']);
    expect(pieces).to.equal(2);
    expect(await shown({ severity: 'Warning' })).to.deep.equal([]);
  });
});
