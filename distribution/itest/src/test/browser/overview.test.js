import assert from 'node:assert/strict';
import {test} from 'node:test';
import {api, CONSOLE, deploy, firstVisit, focused, go, leave, live, logIn, requestsDuring, say, stranger, tabTo, visit} from './support.js';

const accepted = '.card:has-text("Messages") li:has-text("accepted") .card-value';
const number = async (page, selector) => Number((await page.textContent(selector)).replaceAll(',', ''));

test('the login leads to the overview', async () => {
  const page = await stranger();
  await page.goto(CONSOLE);
  await logIn(page);
  await live(page);
  assert.equal(page.url(), `${CONSOLE}/overview`);
  assert.match(await page.textContent('.lead'), /Ready · version \d/);
  assert.equal(await page.title(), 'Overview - OpenClaw');
  await leave(page);
});

test('a message shows without a reload, and takes neither focus nor place', async () => {
  const page = await visit('/overview');
  await page.evaluate(() => {
    window.sameDocument = true;
  });
  await page.focus('.finding-link, .card a');
  await page.evaluate(() => scrollTo(0, 120));
  const [held, place, before] = [await focused(page), await page.evaluate(() => scrollY), await number(page, accepted)];
  await say('live');
  await page.waitForFunction(
    (least) =>
      [...document.querySelectorAll('.card-lines li')].some(
        (line) => line.textContent.startsWith('accepted') && Number(line.lastChild.textContent.replaceAll(',', '')) > least,
      ),
    before,
  );
  await api('PUT', '/agents/echo/created-live');
  await page.waitForSelector('.event:has-text("echo/created-live")');
  assert.equal(await page.evaluate(() => window.sameDocument), true, 'the page was not loaded again');
  assert.equal(await focused(page), held);
  assert.equal(await page.evaluate(() => scrollY), place);
  await leave(page);
});

test('what needs attention says why and gives the cure to copy', async () => {
  await deploy('unsigned.jar', 'attention.jar');
  const page = await visit('/overview?attention=all');
  const finding = page.locator('.finding', {hasText: 'attention.jar'});
  await finding.waitFor();
  assert.notEqual(await finding.locator('.finding-why').textContent(), '');
  const command = await finding.locator('code').first().textContent();
  await finding.locator('.copy').first().click();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), command);
  await finding.locator('.finding-link').click();
  await page.waitForURL(/deployments\?file=attention\.jar/);
  await page.waitForSelector('details.file[open]:has-text("attention.jar")');
  await leave(page);
  await api('DELETE', '/bundles/attention.jar');
});

test('the charts tell their figures in words and as a table', async () => {
  await say('charts');
  const page = await visit('/overview');
  assert.equal(await page.locator('.chart svg').count(), 4);
  for (const description of await page.locator('.chart svg desc').allTextContents())
    assert.match(description, /in the last five minutes/);
  await page.getByText('Show as a table').click();
  await page.waitForURL(/as=table/);
  await page.waitForSelector('.scroll:not([hidden]) tbody tr');
  await page.goBack();
  await page.waitForSelector('.charts:not([hidden])');
  await leave(page);
});

test('the events can be told apart by how bad they are', async () => {
  await deploy('unsigned.jar', 'bad.jar');
  const page = await visit('/overview?severity=error');
  await page.waitForSelector('.event.is-error, .event.is-warning');
  assert.equal(await page.locator('.event.is-info').count(), 0);
  await api('DELETE', '/bundles/bad.jar');
  await leave(page);
});

test('it asks every two seconds, and not while it is paused or hidden', async () => {
  const page = await firstVisit('/overview');
  const fromNow = async (seconds) => {
    for (let second = 0; second < seconds; second++) {
      await page.clock.runFor(1000);
      await page.evaluate(() => fetch('/healthz'));
    }
  };
  await page.clock.install();
  await go(page, '/overview');
  assert.ok((await requestsDuring(page, () => fromNow(10))) >= 3, 'it goes on asking');
  await page.getByRole('button', {name: 'Pause updates'}).click();
  assert.match(await page.textContent('.live [role="status"]'), /^Paused, as of/);
  assert.equal(await requestsDuring(page, () => fromNow(10)), 0, 'nothing is asked while it is paused');
  await page.getByRole('button', {name: 'Resume updates'}).click();
  await live(page);
  await page.evaluate(() => {
    Object.defineProperty(document, 'hidden', {value: true, configurable: true});
    document.dispatchEvent(new Event('visibilitychange'));
  });
  assert.equal(await requestsDuring(page, () => fromNow(10)), 0, 'nothing is asked while it is hidden');
  await page.evaluate(() => {
    delete document.hidden;
    document.dispatchEvent(new Event('visibilitychange'));
  });
  await live(page);
  await leave(page);
});

test('while the server is away it says so and comes back by itself', async () => {
  const page = await visit('/overview');
  await page.context().route('**/v1/**', (route) => route.abort());
  await page.waitForSelector('.live[data-state="reconnecting"]');
  assert.match(await page.textContent('.live [role="status"]'), /^Reconnecting, as of/);
  assert.match(await page.textContent('.page-trouble'), /does not answer/);
  await page.context().unroute('**/v1/**');
  await live(page);
  assert.equal(await page.locator('.page-trouble').isVisible(), false);
  await leave(page);
});

test('it is used by keyboard alone', async () => {
  const page = await visit('/overview');
  await page.keyboard.press('Tab');
  assert.equal(await focused(page), 'Skip to the content');
  await tabTo(page, '.frame-nav a[aria-current="page"]');
  await tabTo(page, '.live-toggle');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.live[data-state="paused"]');
  await page.keyboard.press('Enter');
  await live(page);
  await tabTo(page, '.section-link');
  await page.keyboard.press('Enter');
  await page.waitForURL(/as=table/);
  await leave(page);
});
