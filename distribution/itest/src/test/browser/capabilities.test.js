import assert from 'node:assert/strict';
import {test} from 'node:test';
import {go, leave, live, pretendCapabilities, STOCK, tabTo, visit} from './support.js';

const section = (page, name) => page.locator('section', {has: page.getByRole('heading', {name, exact: true})});
const rows = (page, name) => section(page, name).locator('tbody tr');

test('what it means that there are none is said', async () => {
  const page = await visit('/overview');
  await page.context().route('**/v1/capabilities', (route) => route.fulfill({json: {capabilities: []}}));
  await go(page, '/capabilities');
  await page.getByText('No capability is here yet.').waitFor();
  await leave(page);
});

test('what a bundle provides is shown with its calls', async () => {
  const page = await visit('/capabilities');
  await page.locator('tbody tr', {hasText: 'notify'}).getByText('org.openclaw.example.triage').waitFor();
  await page.getByRole('link', {name: 'notify'}).click();
  await page.waitForURL(/name=notify/);
  await live(page);
  await section(page, 'Latest calls').waitFor();
  await leave(page);
});

test('a capability shows its limits, who waits for it and how its latest calls ended', async () => {
  const page = await visit('/overview');
  await pretendCapabilities(page);
  await go(page, '/capabilities');
  assert.match(await page.locator('tbody tr', {hasText: 'stock.reserve'}).textContent(), /acme\.stock 1\.2\.0open3 of 4/);
  assert.match(
    await rows(page, 'Tenants and types').nth(1).textContent(),
    /^echotype12 of 25012turns at onceecho\/oneand 11 more$/,
    'what a type gets, and who waits',
  );
  await page.getByRole('link', {name: 'stock.reserve'}).click();
  await page.waitForURL(/name=stock\.reserve/);
  await page.getByText('It failed too often and is left alone for a while. The last failure: the shop is shut').waitFor();
  assert.match(await section(page, 'Limits').textContent(), /At once4.*Time-out5\.00 s.*5 failures of 20 calls, for 30\.0 s/);
  assert.equal(await rows(page, 'Waiting calls').count(), 3, 'two that say the same of themselves are two');
  assert.match(await rows(page, 'Latest calls').first().textContent(), /It failed too often\. capability\.open/);
  assert.match(await rows(page, 'Latest calls').last().textContent(), /acme\.stock 1\.2\.01\.3 ms/);
  await page.getByRole('link', {name: 'echo/one'}).click();
  await page.waitForURL(/agents\?agent=echo\/one/);
  await leave(page);
});

test('it says what happens to calls while no provider is there', async () => {
  const page = await visit('/overview');
  await pretendCapabilities(page);
  await go(page, '/capabilities?name=mail.send');
  await page.getByText('No provider is here: calls wait for one, 10.0 s at most.').waitFor();
  await page.getByText('No call waits.').waitFor();
  await leave(page);
});

test('it is live, and a name that is none says so', async () => {
  const page = await visit('/overview');
  await pretendCapabilities(page);
  await go(page, '/capabilities?name=stock.reserve');
  await page.context().route('**/v1/capabilities/stock.reserve', (route) =>
    route.fulfill({json: {...STOCK, circuit: {state: 'closed'}, waiting: 0, waiters: [], recentCalls: []}}),
  );
  await page.getByText('No call waits.').waitFor();
  assert.equal(await page.locator('.obstacle').isVisible(), false);
  await go(page, '/capabilities?name=nonsense');
  await page.getByText('There is no such capability').waitFor();
  await leave(page);
});

test('it is used by keyboard alone, by a reader too', async () => {
  const page = await visit('/overview', {role: 'reader'});
  await pretendCapabilities(page);
  await go(page, '/capabilities');
  await tabTo(page, 'a[href$="name=stock.reserve"]');
  await page.keyboard.press('Enter');
  await page.waitForURL(/name=stock\.reserve/);
  await live(page);
  await page.goBack();
  await page.getByRole('link', {name: 'mail.send'}).waitFor();
  await leave(page);
});
