import { expect } from 'chai';
import { Cleanup } from '../upstream/harness.js';
import { PageLab } from './PageLab.js';

const MINUTE = 60_000;

describe('signing in to the status page from elsewhere', () => {
  const cleanup = new Cleanup();
  let lab: PageLab;
  beforeEach(async () => {
    lab = await new PageLab().open(cleanup);
    lab.tokens.set('right', '');
  });
  afterEach(async () => cleanup.run());

  it('asks for a token, says nothing of the site before, and leads to what was asked for', async () => {
    const form = await lab.ask('/runs?x=%22');
    expect([form.status, form.headers['www-authenticate']]).to.deep.equal([401, 'Bearer realm="ConfigMgrSync"']);
    const [, icon = ''] = /<link rel="icon" href="([^"]+)"/.exec(form.text) ?? [];
    expect([icon, (await lab.ask(icon)).status]).to.deep.equal(['/icon.svg', 200]);
    expect(form.text).to.include('value="/runs?x=%22"').and.not.include('ABC').and.not.include('All is well');
    const answer = await lab.ask('/sign-in', {}, { token: ' right ', to: '/runs?x=%22' });
    expect([answer.status, answer.headers.location]).to.deep.equal([303, '/runs?x=%22']);
    expect(answer.headers['set-cookie']?.[0]).to.match(
      /^__Host-CMSync-ABC=[\w-]{43}; Path=\/; Max-Age=43200; Secure; HttpOnly; SameSite=Strict$/,
    );
    const page = await lab.ask('/', await lab.signIn('right'));
    expect([page.status, page.text.includes('All is well.'), page.text.includes('Sign out')]).to.deep.equal([
      200,
      true,
      true,
    ]);
  });

  it('leads nowhere else, whatever the form says', async () => {
    for (const to of [
      '//attacker.example',
      '/\\attacker.example',
      'https://attacker.example/',
      '',
      '/\t/a.example',
      '/.//a.example',
      '/x/..//a',
    ])
      expect((await lab.ask('/sign-in', {}, { token: 'right', to })).headers.location, to).to.equal('/');
  });

  it('lets nobody in with a wrong, removed or misplaced token, and notes it', async () => {
    for (const token of ['wrong', '', 'right\u0000']) {
      const answer = await lab.ask('/sign-in', {}, { token });
      expect([answer.status, answer.headers['set-cookie']]).to.deep.equal([401, undefined]);
    }
    expect(lab.lines).to.have.length(3);
    expect((await lab.ask('/?token=right')).status).to.equal(401);
    expect((await lab.ask('/', { authorization: 'Bearer right' })).status).to.equal(401);
    expect((await lab.ask('/', { cookie: '__Host-CMSync-ABC=right' })).status).to.equal(401);
    lab.tokens.clear();
    expect((await lab.ask('/sign-in', {}, { token: 'right' })).status).to.equal(401);
  });

  it('ends with the token, after twelve hours, and when somebody signs out', async () => {
    const [one, other] = [await lab.signIn('right'), await lab.signIn('right')];
    expect((await lab.ask('/sign-out', one, {})).headers['set-cookie']?.[0]).to.match(/=; .*Max-Age=0/);
    expect((await lab.ask('/', one)).status).to.equal(401);
    expect((await lab.ask('/', other)).status).to.equal(200);
    lab.time += 12 * 60 * MINUTE;
    expect((await lab.ask('/', other)).status).to.equal(401);
    const third = await lab.signIn('right');
    lab.tokens.clear();
    expect((await lab.ask('/', third)).status).to.equal(401);
    lab.tokens.set('right', '');
    expect((await lab.ask('/', third)).status, 'a session does not come back').to.equal(401);
  });

  it('takes the token of programs as Bearer for what programs ask for', async () => {
    for (const path of ['/metrics', '/badge.svg', '/readyz']) {
      const without = await lab.ask(path);
      expect([without.status, without.headers['www-authenticate']]).to.deep.equal([
        401,
        'Bearer realm="ConfigMgrSync"',
      ]);
      expect((await lab.ask(path, { authorization: 'bearer  right' })).status, path).to.equal(200);
      expect((await lab.ask(path, { authorization: 'Bearer wrong' })).status, path).to.equal(401);
      expect((await lab.ask(path, { authorization: 'Basic cmlnaHQ=' })).status, path).to.equal(401);
    }
    expect((await lab.ask('/healthz')).text).to.equal('ok\n');
  });

  it('is refused after ten wrong tokens, until fifteen minutes are over; who is signed in stays so', async () => {
    const cookie = await lab.signIn('right');
    for (let count = 0; count < 10; count += 1) await lab.ask('/sign-in', {}, { token: `wrong ${count}` });
    const late = await lab.ask('/sign-in', {}, { token: 'right' });
    expect([late.status, late.headers['retry-after']]).to.deep.equal([429, '900']);
    expect((await lab.ask('/metrics', { authorization: 'Bearer right' })).status).to.equal(429);
    expect((await lab.ask('/', cookie)).status).to.equal(200);
    lab.time += 15 * MINUTE;
    expect((await lab.ask('/sign-in', {}, { token: 'right' })).status).to.equal(303);
  });

  it('shuts nobody out for longer because the clock was put back', async () => {
    for (let count = 0; count < 10; count += 1) await lab.ask('/sign-in', {}, { token: 'wrong' });
    lab.time -= 24 * 60 * MINUTE;
    expect((await lab.ask('/sign-in', {}, { token: 'right' })).status).to.equal(303);
  });

  it('counts tokens that are tried at the same time, and says nothing of a site that cannot check them', async () => {
    const tries = Array.from({ length: 30 }, async () => lab.ask('/metrics', { authorization: 'Bearer wrong' }));
    const statuses = (await Promise.all(tries)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 401)).to.have.length(10);
    lab.time += 15 * MINUTE;
    lab.tokens.has = () => {
      throw new TypeError('the disk is gone');
    };
    const { status, text } = await lab.ask('/metrics', { authorization: 'Bearer right' });
    expect([status, text.includes('disk')]).to.deep.equal([503, false]);
    expect(lab.lines.at(-1)).to.match(/cannot be checked: the disk is gone/);
  });

  it('takes the form of its own page only, and no long one', async () => {
    const forms = [
      { 'sec-fetch-site': 'cross-site', 'sec-fetch-dest': 'document' },
      { origin: 'https://attacker.example' },
    ];
    for (const headers of forms) expect((await lab.ask('/sign-in', headers, { token: 'right' })).status).to.equal(403);
    expect((await lab.ask('/sign-in', { 'content-type': 'text/plain' }, { token: 'right' })).status).to.equal(400);
    expect((await lab.ask('/sign-in', {}, { token: 'x'.repeat(5000) })).status).to.equal(400);
    expect((await lab.ask('/', await lab.signIn('right'), {})).status).to.equal(405);
  });

  it('is for https only: a plain request is refused with the reason, but on this machine', async () => {
    expect((await lab.askPlain('/', { host: 'localhost' })).status).to.equal(200);
    expect((await lab.askPlain('/sign-in', { host: 'localhost' })).headers.location).to.equal('/');
    for (const headers of [{ host: 'cm01.contoso.com' }, { host: 'localhost', via: '1.1 proxy' }])
      for (const path of ['/', '/metrics', '/page.css', '/sign-in']) {
        const { status, text } = await lab.askPlain(path, headers);
        expect([status, text.startsWith('Without https')], path).to.deep.equal([403, true]);
      }
    expect((await lab.askPlain('/healthz', { host: 'attacker.example' })).text).to.equal('ok\n');
  });
});
