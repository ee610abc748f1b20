import assert from 'node:assert/strict';
import {before, test} from 'node:test';
import {api, focused, go, leave, letters, live, tabTo, visit} from './support.js';

const rows = (page) => page.locator('.letters-table tbody tr');
const row = (page, to) => rows(page).filter({hasText: to});
const attempts = (page) => page.locator('section', {has: page.getByRole('heading', {name: 'Attempts'})}).locator('tbody tr');

before(async () => {
  for (const key of ['first', 'again', 'unwanted', 'keys', 'shown'])
    await api('POST', `/agents/echo/lost-${key}/messages?type=echo.Fail`, {why: `no order ${key}`});
  await letters('echo/lost-', 5);
});

test('a dead letter shows how each attempt failed, and what it holds only when asked', async () => {
  const page = await visit('/dead-letters');
  assert.match(await row(page, 'echo/lost-first').textContent(), /echo\.Fail.*no order first/);
  await row(page, 'echo/lost-first').getByRole('link', {name: 'echo.Fail'}).click();
  await page.waitForURL(/letter=/);
  await attempts(page).first().waitFor();
  assert.ok((await attempts(page).count()) > 1);
  assert.equal(await page.locator('.json').count(), 0, 'the body is hidden');
  await page.getByRole('button', {name: /^Show the body, \d+ B/}).click();
  await page.waitForSelector('.json:has-text("no order first")');
  await leave(page);
});

test('the type is chosen, is in the URL, and Back undoes it', async () => {
  const page = await visit('/dead-letters');
  await page.selectOption('select', 'triage');
  await page.waitForURL(/type=triage/);
  await page.getByText('There is no such dead letter.').waitFor();
  await page.goBack();
  await row(page, 'echo/lost-first').waitFor();
  assert.equal(await page.inputValue('select'), '');
  await leave(page);
});

test('pages follow the cursor', async () => {
  const page = await visit('/overview');
  const [one, two] = (await api('GET', '/dead-letters?limit=1000')).json.deadLetters.filter((each) => each.to.startsWith('echo/lost-'));
  await page.context().route('**/v1/dead-letters?*', (route) => {
    const from = new URL(route.request().url()).searchParams.get('after');
    // a part may be empty and still have a next one
    const parts = {null: {deadLetters: [one], next: 'a'}, a: {deadLetters: [], next: 'b'}, b: {deadLetters: [two]}};
    return route.fulfill({json: parts[from]});
  });
  await go(page, '/dead-letters');
  await row(page, one.to).waitFor();
  await row(page, two.to).waitFor();
  assert.equal(await page.getByRole('link', {name: 'Next page'}).isVisible(), false);

  await page.context().unrouteAll();
  await page.context().route('**/v1/dead-letters?*', (route) => {
    const from = new URL(route.request().url()).searchParams.get('after');
    const letters = Array.from({length: 50}, (_, index) => ({...one, receipt: `r${index}`}));
    return route.fulfill({json: from === null ? {deadLetters: letters, next: 'r49'} : {deadLetters: [two]}});
  });
  await go(page, '/dead-letters');
  assert.equal(await rows(page).count(), 50);
  await page.getByRole('link', {name: 'Next page'}).click();
  await page.waitForURL(/after=r49/);
  await row(page, two.to).waitFor();
  assert.equal(await rows(page).count(), 1);
  await page.getByRole('link', {name: 'First page'}).click();
  await page.waitForFunction(() => document.querySelectorAll('.letters-table tbody tr').length === 50);
  await leave(page);
});

test('a letter that is redriven is tried anew, and its receipt says where it is', async () => {
  const page = await visit('/dead-letters');
  await row(page, 'echo/lost-again').getByRole('link', {name: 'echo.Fail'}).click();
  await page.waitForURL(/letter=/);
  await api('PATCH', '/agents/echo/lost-again', {suspended: true});
  await page.getByRole('button', {name: 'Redrive'}).click();
  await page.getByText('It is no dead letter under this receipt.').waitFor();
  await page.locator('.strip .pill', {hasText: 'waiting'}).waitFor();
  await api('PATCH', '/agents/echo/lost-again', {suspended: false});
  await page.getByRole('link', {name: 'Show all dead letters'}).click();
  await row(page, 'echo/lost-again').waitFor();
  await leave(page);
});

test('a letter is discarded only on yes', async () => {
  const page = await visit('/dead-letters');
  await row(page, 'echo/lost-unwanted').getByRole('button', {name: 'Discard'}).click();
  const question = page.getByRole('dialog');
  assert.match(await question.textContent(), /This is final/);
  await page.keyboard.press('Escape');
  await row(page, 'echo/lost-unwanted').getByRole('button', {name: 'Discard'}).click();
  await question.getByRole('button', {name: 'Discard'}).click();
  await row(page, 'echo/lost-unwanted').waitFor({state: 'detached'});
  await leave(page);
});

test('all that are shown are redriven, and what was refused is said', async () => {
  const page = await visit('/dead-letters');
  await api('DELETE', '/agents/echo/lost-shown');
  await page.getByRole('button', {name: 'Redrive all shown'}).click();
  const question = page.getByRole('dialog');
  await question.getByRole('button', {name: 'Redrive'}).click();
  await question.getByText(/redriven, 1 message not\. .*echo\/lost-shown is retired/).waitFor();
  await page.keyboard.press('Escape');
  await letters('echo/lost-', 4);
  await leave(page);
});

test('the overview counts them and leads there', async () => {
  const page = await visit('/overview?attention=all');
  const finding = page.locator('.finding', {hasText: 'set aside because'});
  await finding.locator('code', {hasText: /^claw dead$/}).waitFor();
  await finding.locator('.finding-link').click();
  await page.waitForURL(/\/dead-letters$/);
  await live(page);
  await leave(page);
});

test('what it means that there are none is said', async () => {
  const page = await visit('/overview');
  await page.context().route('**/v1/dead-letters?*', (route) => route.fulfill({json: {deadLetters: []}}));
  await go(page, '/dead-letters');
  await page.getByText('No message is set aside.').waitFor();
  assert.equal(await page.getByRole('button', {name: 'Redrive all shown'}).isVisible(), false);
  await leave(page);
});

test('a reader sees why and not what, and no buttons that change something', async () => {
  const page = await visit('/dead-letters', {role: 'reader'});
  await page.locator('.hint', {hasText: 'may look and change nothing'}).waitFor();
  for (const name of ['Redrive', 'Discard']) assert.equal(await page.getByRole('button', {name}).count(), 0);
  await row(page, 'echo/lost-first').getByRole('link', {name: 'echo.Fail'}).click();
  await page.getByText('which only an administrator sees').waitFor();
  await leave(page);
});

test('it is used by keyboard alone', async () => {
  const page = await visit('/dead-letters');
  await tabTo(page, '.letters-table a.address');
  await page.keyboard.press('Enter');
  await page.waitForURL(/letter=/);
  await attempts(page).first().waitFor();
  assert.equal(await focused(page), 'Dead letter');
  await tabTo(page, '.page-actions .danger-quiet');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor();
  assert.equal(await focused(page), 'Cancel', 'what cannot be taken back is not one key away');
  await page.keyboard.press('Escape');
  assert.equal(await focused(page), 'Discard', 'the focus is back');
  await tabTo(page, '.reveal button');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.json:focus');
  await leave(page);
});
