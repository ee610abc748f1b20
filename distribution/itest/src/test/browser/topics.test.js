import assert from 'node:assert/strict';
import {before, test} from 'node:test';
import {api, go, leave, live, visit} from './support.js';

const section = (page, name) => page.locator('section', {has: page.getByRole('heading', {name, exact: true})});
const rows = (page, name) => section(page, name).locator('tbody tr');

before(async () => {
  for (const [subject, number] of [['rain', 1], ['sun', 2]])
    await api('POST', `/topics/weather/messages?type=echo.Say&subject=${subject}`, {text: `n${number}`}, {'Idempotency-Key': `w${number}`});
  await api('PUT', '/topics/weather/subscriptions/echo/weather', {from: 'oldest', filter: {exact: {subject: 'sun'}}});
});

test('a topic shows who has subscribed and what is retained, without bodies', async () => {
  const page = await visit('/topics');
  await page.locator('tbody tr', {hasText: 'weather'}).getByRole('link', {name: 'weather'}).click();
  await page.waitForURL(/name=weather/);
  await live(page);
  assert.match(await rows(page, 'Subscriptions').first().textContent(), /echo\/weather.*active/);
  await rows(page, 'Retained messages').nth(1).waitFor();
  assert.match(await rows(page, 'Retained messages').first().textContent(), /^1.*echo\.Say.*rain$/);
  assert.equal(await page.getByText('n1').count(), 0, 'a body');
  await leave(page);
});

test('a subscription is ended on a second thought only', async () => {
  await api('PUT', '/topics/weather/subscriptions/echo/unwanted');
  const page = await visit('/topics?name=weather');
  await page.getByRole('button', {name: 'End the subscription echo/unwanted'}).click();
  await page.getByRole('button', {name: 'Cancel'}).click();
  assert.equal((await api('GET', '/topics/weather')).json.subscriptions, 2);
  await page.getByRole('button', {name: 'End the subscription echo/unwanted'}).click();
  await page.getByRole('dialog').getByRole('button', {name: 'End', exact: true}).click();
  await page.getByText('echo/unwanted gets nothing more of weather.').first().waitFor();
  assert.equal((await api('GET', '/topics/weather')).json.subscriptions, 1);
  await leave(page);
});

test('a reader only looks, and a topic that is not there is named', async () => {
  const page = await visit('/topics?name=weather', {role: 'reader'});
  await rows(page, 'Subscriptions').first().waitFor();
  assert.equal(await page.getByRole('button', {name: /^End/}).count(), 0);
  await go(page, '/topics?name=nothing');
  await page.getByText("There is no topic 'nothing'.").waitFor();
  await leave(page);
});
