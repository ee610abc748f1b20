import assert from 'node:assert/strict';
import {mkdirSync, readFileSync} from 'node:fs';
import {before, test} from 'node:test';
import {api, deploy, DESK, go, jar, leave, letters, look, PHONE, pretendCapabilities, say, SCREENSHOTS, visit} from './support.js';

const VIEWS = {
  overview: '/overview',
  'overview-table': '/overview?as=table',
  agents: '/agents',
  'agents-suspended': '/agents?state=suspended',
  'agents-none': '/agents?q=nothing-is-called-like-this',
  agent: '/agents?agent=triage/checkout',
  'agent-suspended': '/agents?agent=echo/asleep',
  'agent-waiting': '/agents?agent=approval/looks',
  'agent-retired': '/agents?agent=echo/retired',
  'agents-retired': '/agents?state=retired',
  types: '/agents?view=types',
  type: '/agents?view=types&name=triage',
  schemas: '/agents?view=schemas',
  'agent-broken': '/agents?agent=echo/broken',
  letters: '/dead-letters',
  'letters-none': '/dead-letters?type=triage',
  letter: '',
  topics: '/topics',
  topic: '/topics?name=looks',
  capabilities: '/capabilities',
  capability: '/capabilities?name=stock.reserve',
  'capability-away': '/capabilities?name=mail.send',
  files: '/deployments',
  'file-refused': '/deployments?file=mailer.jar',
  'file-serving': '/deployments?file=echo-1.0.0.jar',
  versions: '/deployments?view=versions',
  trust: '/deployments?view=trust',
};
const LOOKS = [
  ['light', 'desktop', DESK],
  ['dark', 'desktop', DESK],
  ['light', 'phone', PHONE],
  ['dark', 'phone', PHONE],
];
const AXE = readFileSync(new URL(import.meta.resolve('axe-core/axe.min.js')), 'utf8');
const ZOOMED = {width: DESK.width / 2, height: DESK.height / 2};

before(async () => {
  mkdirSync(SCREENSHOTS, {recursive: true});
  const services = ['checkout', 'payments', 'search', 'inventory', 'mail', 'catalog'];
  const taken = await api('POST', '/agents/triage/inbox/messages?type=triage.Webhook', JSON.parse(jar('alert.json')), {Prefer: 'wait=20'});
  assert.equal(taken.status < 300, true, JSON.stringify(taken.json));
  for (let index = 0; index < 240; index++)
    await api('POST', `/agents/echo/${services[index % services.length]}-${index}/messages?type=echo.Say`, {text: 'hello'});
  await say('asleep');
  await api('PATCH', '/agents/echo/asleep', {suspended: true});
  for (let index = 0; index < 3; index++) await api('POST', '/agents/echo/asleep/messages?type=echo.Say', {text: 'wake up'});
  for (let index = 0; index < 3; index++) await api('POST', '/agents/echo/broken/messages?type=echo.Fail', {why: 'no such order'});
  await api('POST', '/agents/approval/looks/messages?type=approval.Want', {what: 'a larger order'});
  await api('POST', '/topics/looks/messages?type=looks.Told&subject=weather', {what: 'rain'});
  await api('PUT', '/topics/looks/subscriptions/echo/looks', {filter: {prefix: {type: 'looks.'}}});
  await say('retired');
  await api('DELETE', '/agents/echo/retired');
  await deploy('unsigned.jar', 'mailer.jar');
  const [{receipt}] = await letters('echo/broken', 3);
  VIEWS.letter = `/dead-letters?letter=${receipt}`;
});

test('every view is readable in light and dark, on a desktop and a phone, and at twice the size', async (each) => {
  const page = await visit('/overview');
  await pretendCapabilities(page);
  for (const [name, path] of Object.entries(VIEWS))
    await each.test(name, async () => {
      await go(page, path);
      await page.evaluate(AXE);
      const found = [];
      for (const [scheme, device, viewport] of LOOKS) {
        await look(page, scheme, viewport);
        await page.screenshot({path: `${SCREENSHOTS}/${name}-${scheme}-${device}.png`, fullPage: true});
        found.push(...(await serious(page, device)), ...(await tooWide(page, device)));
      }
      await look(page, 'light', ZOOMED);
      if (name === 'trust') await page.screenshot({path: `${SCREENSHOTS}/trust-zoomed.png`});
      assert.deepEqual([...found, ...(await tooWide(page, 'zoomed'))], []);
    });
  await leave(page);
});

test('questions and the menu are readable too', async () => {
  const page = await visit('/overview');
  for (const [scheme, device, viewport] of LOOKS) {
    await look(page, scheme, viewport);
    await go(page, '/agents?agent=triage/checkout');
    await page.evaluate(AXE);
    await page.getByRole('button', {name: 'Retire'}).click();
    await page.screenshot({path: `${SCREENSHOTS}/question-${scheme}-${device}.png`});
    assert.deepEqual(await serious(page, 'question'), []);
    await page.keyboard.press('Escape');
    if (viewport === PHONE) {
      await page.getByRole('button', {name: 'Menu'}).click();
      await page.screenshot({path: `${SCREENSHOTS}/menu-${scheme}-${device}.png`});
      assert.deepEqual(await serious(page, 'menu'), []);
    }
  }
  await leave(page);
});

/** What axe has against a page that it has been loaded into. */
async function serious(page, name) {
  const {violations} = await page.evaluate(() => window.axe.run(document, {resultTypes: ['violations']}));
  return violations
    .filter(({impact}) => impact === 'serious' || impact === 'critical')
    .flatMap(({id, help, nodes}) =>
      nodes.map(({target, failureSummary}) => `${name}: ${id} (${help}) at ${target}: ${failureSummary}`),
    );
}

/** A page that scrolls sideways is too wide. */
async function tooWide(page, name) {
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  return over > 0 ? [`${name}: ${over} pixels too wide`] : [];
}
