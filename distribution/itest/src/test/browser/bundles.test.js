import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {test} from 'node:test';
import {api, deploy, drop, focused, JARS, leave, tabTo, visit} from './support.js';

const file = (page, name) => page.locator('details.file', {has: page.locator('.file-name', {hasText: name})});
const upload = (page, name) => page.locator('.upload', {hasText: name});

test('jars are dropped anywhere on the page, and their verdicts are shown', async () => {
  const page = await visit('/deployments');
  assert.equal(await drop(page, 'spare-1.0.0.jar', 'unsigned.jar'), 'Drop it to deploy it');

  await upload(page, 'spare-1.0.0.jar').locator('.pill.is-serving').waitFor();
  await file(page, 'spare-1.0.0.jar').locator('.pill.is-serving').waitFor();

  await upload(page, 'unsigned.jar').locator('.pill.is-refused').waitFor();
  assert.match(await upload(page, 'unsigned.jar').textContent(), /What is wrong: .+What to do: .+/);
  await file(page, 'unsigned.jar').locator('summary').first().click();
  await page.waitForURL(/file=unsigned\.jar/);
  const verdict = file(page, 'unsigned.jar').locator('.verdict');
  const {json} = await api('GET', '/bundles/unsigned.jar');
  const words = await verdict.textContent();
  for (const part of [json.reason, json.code, json.text]) assert.ok(words.includes(part), `${words} says ${part}`);
  assert.ok(words.replaceAll("'", '').includes(json.cure.replaceAll("'", '').replaceAll('`', '')), `${words} says ${json.cure}`);
  await leave(page);
});

test('a jar is deployed by the button and removed again', async () => {
  const page = await visit('/deployments');
  await page.setInputFiles('input[type="file"]', {
    name: 'button.jar',
    mimeType: 'application/java-archive',
    buffer: readFileSync(`${JARS}/unsigned.jar`),
  });
  await upload(page, 'button.jar').locator('.pill.is-refused').waitFor();
  await upload(page, 'button.jar').getByRole('button', {name: 'Close'}).click();
  await file(page, 'button.jar').locator('summary').first().click();
  await file(page, 'button.jar').getByRole('button', {name: 'Remove'}).click();
  await page.getByRole('dialog').getByRole('button', {name: 'Remove'}).click();
  await file(page, 'button.jar').waitFor({state: 'detached'});
  assert.equal((await api('GET', '/bundles/button.jar')).status, 404);
  await leave(page);
});

test('what is no jar is not sent', async () => {
  const page = await visit('/deployments');
  await page.setInputFiles('input[type="file"]', {name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('notes')});
  await upload(page, 'notes.txt').getByText('is no jar').waitFor();
  await leave(page);
});

test('a version is pinned and unpinned', async () => {
  await deploy('pin-1.0.0.jar');
  await deploy('pin-1.1.0.jar');
  const page = await visit('/deployments?view=versions');
  const section = page.locator('section', {has: page.getByRole('heading', {name: 'plugin.pin'})});
  const serves = (version) =>
    section
      .locator('tr', {has: page.locator('.is-serving')})
      .getByRole('rowheader', {name: version})
      .waitFor();
  await serves('1.1.0');
  await section.getByRole('button', {name: 'Pin plugin.pin 1.0.0'}).click();
  await serves('1.0.0');
  await section.locator('.pill', {hasText: 'pinned'}).waitFor();
  await section.getByRole('button', {name: 'Unpin'}).click();
  await serves('1.1.0');
  await leave(page);
});

test('revoking a file is said to be final, and stops it', async () => {
  await deploy('doomed-1.0.0.jar');
  const page = await visit('/deployments?file=doomed-1.0.0.jar');
  await file(page, 'doomed-1.0.0.jar').getByRole('button', {name: 'Revoke'}).click();
  const question = page.getByRole('dialog');
  assert.match(await question.textContent(), /This is final/);
  await question.getByRole('button', {name: 'Revoke'}).click();
  await question.waitFor();
  assert.equal((await api('GET', '/bundles/doomed-1.0.0.jar')).json.state, 'serving', 'not without the tick');
  await question.getByLabel('I know that this is final.').check();
  await question.getByRole('button', {name: 'Revoke'}).click();
  await file(page, 'doomed-1.0.0.jar').locator('.pill.is-refused').waitFor();
  const digest = (await api('GET', '/bundles/doomed-1.0.0.jar')).json.digest;
  await page.getByRole('link', {name: 'Publishers and revocations'}).click();
  await page.locator(`code[title="${digest}"]`).waitFor();
  await leave(page);
});

test('versions of a bundle and a key are revoked too', async () => {
  await deploy('ranged-1.0.0.jar');
  const page = await visit('/deployments?file=ranged-1.0.0.jar');
  await file(page, 'ranged-1.0.0.jar').getByRole('button', {name: 'Revoke'}).click();
  const question = page.getByRole('dialog');
  await question.getByLabel('Versions of plugin.ranged').check();
  await question.getByLabel('Range of versions').fill('[1.0,2.0)');
  await question.getByLabel('I know that this is final.').check();
  await question.getByRole('button', {name: 'Revoke'}).click();
  await file(page, 'ranged-1.0.0.jar').locator('.pill.is-refused').waitFor();

  await page.getByRole('link', {name: 'Publishers and revocations'}).click();
  await page.getByRole('button', {name: 'Revoke'}).click();
  await question.getByLabel('What').selectOption('key');
  await question.getByLabel('SHA-256 or name').fill('ab'.repeat(32));
  await question.getByLabel('I know that this is final.').check();
  await question.getByRole('button', {name: 'Revoke'}).click();
  await page.locator(`code[title="${'ab'.repeat(32)}"]`).waitFor();
  await leave(page);
});

test('publishers are shown with their limits', async () => {
  const page = await visit('/deployments?view=trust');
  const card = page.locator('.publishers .card', {has: page.getByRole('heading', {name: 'plugins', exact: true})});
  assert.match(await card.textContent(), /Bundles.*plugin\.\*/);
  assert.match(await card.textContent(), /Runsin this process/);
  await leave(page);
});

test('it is used by keyboard alone', async () => {
  await deploy('unsigned.jar', 'keys.jar');
  const page = await visit('/deployments');
  await page.keyboard.press('/');
  await page.keyboard.type('keys.jar');
  await page.waitForFunction(() => document.querySelectorAll('.files > li').length === 1);
  await tabTo(page, '.file > summary');
  await page.keyboard.press('Enter');
  await page.waitForURL(/file=keys\.jar/);
  await tabTo(page, '.file-actions button');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor();
  await page.keyboard.press('Escape');
  assert.equal(await focused(page), 'Remove', 'the focus is back');
  await page.keyboard.press('Enter');
  await tabTo(page, 'dialog button[type="submit"]', 5);
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.querySelectorAll('.files > li').length === 0);
  await leave(page);
});
