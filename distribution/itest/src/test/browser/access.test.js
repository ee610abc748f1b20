import assert from 'node:assert/strict';
import {test} from 'node:test';
import {api, CONSOLE, deploy, drop, firstVisit, go, leave, live, logIn, say, stranger, visit} from './support.js';

test('a session that ends leads to the login and back to the same view', async () => {
  await say('session');
  const page = await firstVisit('/agents?type=echo&q=session');
  await page.context().clearCookies();
  await page.waitForURL(/\/login\?next=/);
  await logIn(page);
  await live(page);
  assert.equal(page.url(), `${CONSOLE}/agents?type=echo&q=session`);
  assert.equal(await page.inputValue('main input[type="search"]'), 'session');
  await leave(page);
});

test('a link to a view asks for the login first and leads there', async () => {
  const page = await stranger();
  await page.goto(`${CONSOLE}/deployments?view=trust`);
  await logIn(page);
  await live(page);
  assert.equal(page.url(), `${CONSOLE}/deployments?view=trust`);
  await leave(page);
});

test('logging out ends the session', async () => {
  const page = await firstVisit('/overview');
  await page.getByRole('link', {name: 'Log out'}).click();
  await page.getByText('You are logged out.').waitFor();
  await page.goto(`${CONSOLE}/overview`);
  await page.waitForURL(/\/login/);
  await leave(page);
});

test('a reader looks, sees no buttons that change something, and is told why', async () => {
  await say('looked-at');
  await deploy('unsigned.jar', 'looked-at.jar');
  const page = await visit('/agents', {role: 'reader'});
  const told = () => page.locator('.hint', {hasText: 'may look and change nothing'}).waitFor();
  await told();
  assert.equal(await page.getByRole('button', {name: 'Create agent'}).count(), 0);
  await go(page, '/agents?agent=echo/looked-at');
  await page.waitForSelector('.json:has-text("told")');
  await told();
  for (const name of ['Suspend', 'Retire']) assert.equal(await page.getByRole('button', {name}).count(), 0);
  await go(page, '/deployments?file=looked-at.jar');
  await page.waitForSelector('details.file[open] .verdict');
  await told();
  for (const name of ['Deploy a jar', 'Remove', 'Revoke']) assert.equal(await page.getByRole('button', {name}).count(), 0);
  assert.match(await drop(page, 'unsigned.jar'), /may look and deploy nothing/);
  assert.equal(await page.locator('.upload').count(), 0);
  await go(page, '/deployments?view=versions');
  assert.equal(await page.getByRole('button', {name: /Pin/}).count(), 0);
  await go(page, '/deployments?view=trust');
  assert.equal(await page.getByRole('button', {name: 'Revoke'}).count(), 0);
  await leave(page);
  await api('DELETE', '/bundles/looked-at.jar');
});

test('the standard tabs stand in the same frame', async () => {
  const page = await visit('/overview');
  const frame = page.getByRole('navigation', {name: 'Console'});
  await frame.getByText('Reports').click();
  await frame.getByRole('link', {name: 'Threads'}).waitFor();
  await frame.locator('.frame-system > li > a', {hasText: 'Bundles'}).click();
  await page.waitForURL(/console\/bundles$/);
  await page.waitForSelector('.frame-nav a[aria-current="page"]:has-text("Bundles")');
  await page.getByText('org.openclaw.agent.runtime').first().waitFor();
  await page.getByRole('link', {name: 'Overview'}).first().click();
  await live(page);
  await leave(page);
});
