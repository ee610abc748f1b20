import assert from 'node:assert/strict';
import {before, test} from 'node:test';
import {api, deploy, focused, go, leave, live, say, tabTo, visit} from './support.js';

const rows = (page) => page.locator('.agents-table tbody tr');

before(async () => {
  for (let index = 0; index < 60; index++)
    await api('POST', `/agents/echo/page-${String(index).padStart(2, '0')}/messages?type=echo.Say`, {text: 'here'});
  await say('page-60');
});

test('the search narrows the list, is in the URL, and Back undoes a choice', async () => {
  const page = await visit('/agents');
  await page.keyboard.press('/');
  assert.equal(await page.evaluate(() => document.activeElement.type), 'search');
  await page.keyboard.type('page-07');
  await page.waitForURL(/q=page-07/);
  await page.waitForFunction(() => document.querySelectorAll('.agents-table tbody tr').length === 1);
  assert.equal(await rows(page).first().locator('a').textContent(), 'echo/page-07');
  await go(page, '/agents?q=page-07');
  assert.equal(await page.inputValue('main input[type="search"]'), 'page-07');
  assert.equal(await rows(page).count(), 1);

  await page.selectOption('select', 'triage');
  await page.waitForURL(/type=triage/);
  await page.getByText('No agent is like that.').waitFor();
  await page.goBack();
  await page.waitForFunction(() => document.querySelectorAll('.agents-table tbody tr').length === 1);
  assert.equal(await page.inputValue('select'), '');
  await leave(page);
});

test('pages follow the cursor', async () => {
  const page = await visit('/agents?type=echo&q=page-');
  assert.equal(await rows(page).count(), 50);
  const first = await rows(page).first().locator('a').textContent();
  await page.getByRole('link', {name: 'Next page'}).click();
  await page.waitForURL(/[?&]after=./);
  await page.waitForFunction((gone) => document.querySelector('.agents-table tbody a')?.textContent !== gone, first);
  assert.equal(await rows(page).count(), 11);
  await page.goBack();
  await page.waitForFunction((back) => document.querySelector('.agents-table tbody a')?.textContent === back, first);
  await leave(page);
});

test('the page of one agent shows its state and turns, and follows them', async () => {
  await say('one', 'first');
  const page = await visit('/agents?q=echo/one');
  await page.getByRole('link', {name: 'echo/one', exact: true}).click();
  await page.waitForURL(/agent=echo\/one/);
  await page.waitForSelector('.json:has-text("told")');
  assert.equal(await focused(page), 'echo/one');
  await say('one', 'second');
  await page.waitForSelector('.json:has-text("2")');
  await page.waitForFunction(
    () =>
      [...document.querySelectorAll('section')]
        .find((section) => section.textContent.startsWith('Recent turns'))
        .querySelectorAll('.timeline li').length === 2,
  );
  await page.getByText('echo.Say').first().waitFor();
  const when = await page.locator('.strip time').first();
  assert.match(await when.getAttribute('title'), /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d.* UTC$/);
  await leave(page);
});

test('an agent that is not there says what to do', async () => {
  const page = await visit('/agents?agent=echo/nobody');
  await page.getByText('It is not there.').waitFor();
  assert.equal(await page.getByRole('button', {name: 'Retire'}).isVisible(), false);
  await leave(page);
});

test('an agent is created, suspended, resumed and retired', async () => {
  const page = await visit('/agents');
  await page.getByRole('button', {name: 'Create agent'}).click();
  await page.getByRole('dialog').getByLabel('Type').selectOption('echo');
  await page.getByLabel('Key').fill('made/here');
  await page.getByRole('button', {name: 'Create', exact: true}).click();
  await page.waitForURL(/agent=echo\/made\/here/);
  await page.getByRole('heading', {name: 'echo/made/here'}).waitFor();

  await page.getByRole('button', {name: 'Suspend', exact: true}).click();
  await page.waitForSelector('.badge .is-suspended');
  await api('POST', '/agents/echo/made/here/messages?type=echo.Say', {text: 'waits'});
  await page.getByText('Inbox, 1 message waiting').waitFor();
  await page.locator('.obstacle').waitFor();
  assert.notEqual(await page.textContent('.obstacle'), '');

  await page.getByRole('button', {name: 'Resume', exact: true}).click();
  await page.waitForSelector('.json:has-text("told")');
  await page.getByRole('button', {name: 'Suspend', exact: true}).waitFor();

  await page.getByRole('button', {name: 'Retire'}).click();
  const question = page.getByRole('dialog');
  assert.match(await question.textContent(), /This is final/);
  await page.keyboard.press('Escape');
  assert.equal((await api('GET', '/agents/echo/made/here')).status, 200, 'Escape retires nothing');
  await page.getByRole('button', {name: 'Retire'}).click();
  await question.getByRole('button', {name: 'Retire'}).click();
  await page.waitForSelector('.badge .is-retired');
  assert.equal(await page.getByRole('button', {name: 'Suspend', exact: true}).isVisible(), false);
  await leave(page);
});

test('a retired agent is found when asked for, and purged', async () => {
  await say('ended');
  await api('DELETE', '/agents/echo/ended');
  const page = await visit('/agents?q=echo/ended');
  await page.getByText('No agent is like that.').waitFor();
  await page.locator('.choice a[data-state="retired"]').click();
  await page.waitForURL(/state=retired/);
  await page.getByRole('link', {name: 'echo/ended', exact: true}).click();
  await page.waitForSelector('.badge .is-retired');
  await page.waitForSelector('.json:has-text("told")');
  await page.getByRole('button', {name: 'Purge'}).click();
  const question = page.getByRole('dialog');
  assert.match(await question.textContent(), /This is final/);
  await question.getByRole('button', {name: 'Purge'}).click();
  await page.getByText('It is not there.').waitFor();
  assert.equal((await api('GET', '/agents/echo/ended')).status, 404);
  await leave(page);
});

test('each attempt of a message stands in the timeline, and leads to its dead letter', async () => {
  await api('POST', '/agents/echo/tries/messages?type=echo.Fail', {why: 'no such order'});
  const page = await visit('/agents?agent=echo/tries');
  const turns = page.locator('.timeline li');
  await turns.first().locator('.pill.is-failed', {hasText: 'dead'}).waitFor();
  assert.ok((await turns.count()) > 1, 'there is a turn for each attempt');
  assert.match(await turns.last().textContent(), /echo\.Fail failed is tried again.*no such order.*version 1\.0\.0/);
  await turns.first().getByRole('link', {name: 'dead letter'}).click();
  await page.waitForURL(/dead-letters\?letter=/);
  await live(page);
  assert.equal(await page.locator('tbody tr').count(), await attempts('echo/tries'));
  await leave(page);
});

const attempts = async (to) =>
  (await api('GET', '/dead-letters?type=echo&limit=1000')).json.deadLetters.find((each) => each.to === to).attempts.length;

test('a type is suspended and resumed, and its agents say so', async () => {
  await deploy('held-1.0.0.jar');
  await api('PUT', '/agents/held/one');
  const page = await visit('/agents?view=types&name=held');
  await page.getByRole('button', {name: 'Suspend type'}).click();
  await page.waitForSelector('.badge .is-suspended');
  await go(page, '/agents?type=held');
  await page.getByText('none of its agents begins a turn').waitFor();
  await api('POST', '/agents/held/one/messages?type=held.Say', {text: 'waits'});
  await go(page, '/agents?agent=held/one');
  await page.getByText('Inbox, 1 message waiting').waitFor();
  assert.notEqual(await page.textContent('.obstacle'), '');
  const inbox = page.getByRole('region', {name: 'Inbox'});
  assert.doesNotMatch(await inbox.textContent(), /waits/, 'what a message holds is seen by whoever asks for it alone');
  await inbox.getByRole('button', {name: 'Show the body'}).click();
  await inbox.locator('.json:focus', {hasText: '"text": "waits"'}).waitFor();
  await go(page, '/agents?view=types&name=held');
  await page.getByRole('button', {name: 'Resume type'}).click();
  await page.getByRole('button', {name: 'Suspend type'}).waitFor();
  await go(page, '/agents?agent=held/one');
  await page.waitForSelector('.json:has-text("told")');
  await leave(page);
});

test('what a suspended turn waits for is shown, and its signal is answered', async () => {
  const what = '<img src=x onerror=alert(1)>';
  await api('POST', '/agents/approval/picture/messages?type=approval.Want', {what});
  const page = await visit('/agents?agent=approval/picture');
  const waits = page.getByRole('region', {name: 'Waits for'});
  assert.match(await waits.textContent(), /approve <img src=x onerror=alert\(1\)>.*Verdict/);
  await waits.getByRole('button', {name: 'Answer'}).click();
  const question = page.getByRole('dialog');
  assert.equal(await page.evaluate(() => document.activeElement.name), 'answer');
  await page.keyboard.type('"perhaps"');
  await question.getByRole('button', {name: 'Answer'}).click();
  await question.getByText(/it does not fit .*Verdict/).waitFor();
  await question.getByLabel('Answer').fill('{"approved": true, "by": "Ada"}');
  await question.getByRole('button', {name: 'Answer'}).click();
  await page.waitForSelector('.json:has-text("Ada")');
  await waits.waitFor({state: 'hidden'});
  assert.equal(await page.locator('img[src="x"]').count(), 0);
  await leave(page);
});

test('a reader sees what is waited for and answers nothing', async () => {
  await api('POST', '/agents/approval/read/messages?type=approval.Want', {what: 'a book'});
  const page = await visit('/agents?agent=approval/read', {role: 'reader'});
  const waits = page.getByRole('region', {name: 'Waits for'});
  await waits.getByText('approve a book').waitFor();
  assert.equal(await waits.getByRole('button').count(), 0);
  await leave(page);
});

test('what the API refuses is said in its words', async () => {
  const page = await visit('/agents');
  await page.getByRole('button', {name: 'Create agent'}).click();
  const key = 'x'.repeat(190);
  await page.route('**/v1/agents/**', (route) =>
    route.fulfill({
      status: 503,
      contentType: 'application/problem+json',
      body: JSON.stringify({code: 'node.agents.full', detail: 'The node holds as many agents as it may (expected: fewer than 9).'}),
    }),
  );
  await page.getByLabel('Key').fill(key);
  await page.getByRole('button', {name: 'Create', exact: true}).click();
  await page.getByRole('dialog').getByText('The node holds as many agents as it may (expected: fewer than 9).').waitFor();
  await leave(page);
});

test('the types show their versions and message schemas', async () => {
  const page = await visit('/agents');
  await page.getByRole('link', {name: 'Types', exact: true}).click();
  await page.locator('.types-table').getByRole('link', {name: 'echo'}).click();
  await page.waitForURL(/view=types&name=echo/);
  await page.locator('.schema', {hasText: 'echo.Say'}).locator('summary').first().click();
  await page.locator('.schema[open] .json', {hasText: '"text"'}).waitFor();
  await leave(page);
});

test('the schemas that were used are listed, and one shows its document', async () => {
  const page = await visit('/agents?view=types');
  await page.getByRole('link', {name: 'Schemas', exact: true}).click();
  await page.getByLabel('Agent type').selectOption('echo');
  await page.waitForURL(/type=echo/);
  await page.locator('.types-table').getByRole('link', {name: 'echo.Say', exact: true}).first().click();
  await page.waitForURL(/digest=[0-9a-f]{64}/);
  await page.locator('.json', {hasText: '"text"'}).waitFor();
  await leave(page);
});

test('it is used by keyboard alone', async () => {
  await say('keys');
  const page = await visit('/agents');
  await page.keyboard.press('/');
  await page.keyboard.type('echo/keys');
  await page.waitForFunction(() => document.querySelectorAll('.agents-table tbody tr').length === 1);
  await tabTo(page, '.agents-table a');
  await page.keyboard.press('Enter');
  await page.waitForURL(/agent=echo\/keys/);
  await page.getByRole('button', {name: 'Suspend', exact: true}).waitFor();
  await page.keyboard.press('Shift+Tab');
  await tabTo(page, '.page-actions button');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.badge .is-suspended');
  assert.equal(await focused(page), 'Resume', 'the focus stays');
  await page.keyboard.press('Enter');
  await page.getByRole('button', {name: 'Suspend', exact: true}).waitFor();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor();
  assert.equal(await focused(page), 'Cancel', 'what cannot be taken back is not one key away');
  await page.keyboard.press('Escape');
  assert.equal(await focused(page), 'Retire', 'the focus is back');
  await live(page);
  await leave(page);
});
