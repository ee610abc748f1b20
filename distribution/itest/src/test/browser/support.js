// What the tests of the console share: a browser, somebody logged in, the API beside it.

import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {after, before} from 'node:test';
import {chromium} from 'playwright-core';

const given = (name) => process.env[`OPENCLAW_${name}`] ?? assert.fail(`OPENCLAW_${name} is not set: ConsoleIT starts these tests`);

export const URL_OF_IT = given('URL');
export const CONSOLE = `${URL_OF_IT}/system/console`;
export const JARS = given('JARS');
export const SCREENSHOTS = given('SCREENSHOTS');

const TOKENS = {admin: given('ADMIN_TOKEN'), reader: given('READER_TOKEN')};
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const PATIENCE = 60_000;

export const DESK = {width: 1440, height: 900};
export const PHONE = {width: 390, height: 844};

let browser;

before(async () => {
  browser = await chromium.launch({executablePath: given('CHROMIUM'), headless: true, args: FLAGS});
});

after(() => browser?.close());

/** A page of a fresh browser context in which nobody is logged in; what it must never do is noted in page.faults. */
export async function stranger(more = {}) {
  const context = await browser.newContext({
    ...more,
    colorScheme: 'light',
    viewport: DESK,
    reducedMotion: 'reduce',
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE);
  page.faults = [];
  context.on('request', (request) => {
    const url = new URL(request.url());
    if (!['data:', 'blob:'].includes(url.protocol) && url.origin !== URL_OF_IT) page.faults.push(`asked another host: ${url}`);
  });
  context.on('weberror', (error) => page.faults.push(`script error: ${error.error().stack}`));
  page.on('console', (message) => {
    const refusedByTheServer = message.text().startsWith('Failed to load resource');
    if (message.type() === 'error' && !refusedByTheServer) page.faults.push(`console: ${message.text()}`);
  });
  return page;
}

/** Logs in at the page that is shown. */
export async function logIn(page, role = 'admin') {
  await page.fill('#token', TOKENS[role]);
  await page.click('button:has-text("Log in")');
}

/** A page of the console that somebody has logged in to see, once it is live, in a browser context of its own. */
export async function firstVisit(path, {role = 'admin', ...more} = {}) {
  const page = await stranger(more);
  await page.goto(CONSOLE + path);
  await logIn(page, role);
  await live(page);
  return page;
}

// a context and a login take longer than most tests: who has come once comes again, as people do
const back = {admin: [], reader: []};

/** A page of the console, once it is live, that somebody sees who has logged in now or for a test before. */
export async function visit(path, {role = 'admin'} = {}) {
  const page = back[role].pop();
  if (page === undefined) {
    const first = await firstVisit(path, {role});
    first.comesBack = back[role];
    return first;
  }
  await go(page, path);
  return page;
}

export const live = (page) => page.waitForSelector('.live[data-state="live"]');

/** Goes on to another page of the console. */
export async function go(page, path) {
  await page.goto(CONSOLE + path);
  await live(page);
}

/** Changes how a page is looked at. */
export async function look(page, scheme, viewport) {
  await page.emulateMedia({colorScheme: scheme});
  await page.setViewportSize(viewport);
}

/** Ends a page, and fails if it did what no page may do. Nothing of it goes on, and nothing but the login is kept. */
export async function leave(page) {
  if (page.comesBack === undefined) {
    await page.context().close();
  } else {
    await page.goto('about:blank');
    await page.unrouteAll();
    await page.context().unrouteAll();
    await look(page, 'light', DESK);
  }
  assert.deepEqual(page.faults, []);
  page.comesBack?.push(page);
}

/** What comes of a request to the API with the administrator's token. */
export const sent = (method, path, body, headers = {}) =>
  fetch(`${URL_OF_IT}/v1${path}`, {method, headers: {Authorization: `Bearer ${TOKENS.admin}`, ...headers}, body});

/** A call of the API with the administrator's token. */
export async function api(method, path, body, headers = {}) {
  const answer = await sent(method, path, body === undefined || body instanceof Uint8Array ? body : JSON.stringify(body), {
    ...(typeof body === 'object' && !(body instanceof Uint8Array) ? {'Content-Type': 'application/json'} : {}),
    ...headers,
  });
  const content = await answer.text();
  const json = content === '' ? null : JSON.parse(content);
  return {status: answer.status, json};
}

/** Tells an echo agent something and waits until it has heard it. */
export async function say(key, words = 'hello') {
  const answer = await api('POST', `/agents/echo/${key}/messages?type=echo.Say`, {text: words}, {Prefer: 'wait=20'});
  assert.equal(answer.status, 200, JSON.stringify(answer.json));
}

/** Waits until so many dead letters lie there for agents whose addresses begin like this. */
export async function letters(to, number) {
  for (const end = Date.now() + PATIENCE; Date.now() < end; ) {
    const {json} = await api('GET', '/dead-letters?limit=1000');
    const found = json.deadLetters.filter((each) => each.to.startsWith(to));
    if (found.length === number) return found;
    await new Promise((later) => setTimeout(later, 100));
  }
  return assert.fail(`there were never ${number} dead letters for ${to}`);
}

export const jar = (name) => readFileSync(`${JARS}/${name}`);

/** Deploys a jar, whatever its verdict. */
export const deploy = (name, as = name) =>
  api('POST', `/bundles?name=${as}`, jar(name), {'Content-Type': 'application/java-archive', Prefer: 'wait=30'});

/** Drops jars onto the page, as a person does with the mouse. */
export async function drop(page, ...names) {
  const files = names.map((name) => ({name, content: jar(name).toString('base64')}));
  const transfer = await page.evaluateHandle((all) => {
    const data = new DataTransfer();
    for (const {name, content} of all)
      data.items.add(new File([Uint8Array.from(atob(content), (c) => c.charCodeAt(0))], name, {type: 'application/java-archive'}));
    return data;
  }, files);
  await page.dispatchEvent('main', 'dragenter', {dataTransfer: transfer});
  const veil = await page.textContent('.veil p');
  await page.dispatchEvent('main', 'drop', {dataTransfer: transfer});
  return veil;
}

/** Presses Tab until what has the focus fits; fails if it never does. */
export async function tabTo(page, selector, most = 80) {
  for (let press = 0; press < most; press++) {
    await page.keyboard.press('Tab');
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector)) return;
  }
  assert.fail(`${most} times Tab did not lead to ${selector}`);
}

/** What has the focus, in words. */
export const focused = (page) =>
  page.evaluate(
    () =>
      document.activeElement?.textContent.trim() ||
      document.activeElement?.getAttribute('aria-label') ||
      document.activeElement?.tagName,
  );

/** How many requests to the API leave while something takes place. */
export async function requestsDuring(page, act) {
  let number = 0;
  const count = (request) => {
    if (request.url().includes('/v1/')) number++;
  };
  page.on('request', count);
  await act();
  page.off('request', count);
  return number;
}

const LIMITS = {
  rule: 'stock.reserve',
  concurrent: 4,
  perSecond: 0,
  queue: 1000,
  waitMillis: 10_000,
  timeoutMillis: 5000,
  attempts: 3,
  retryMillis: 200,
  breakerFailures: 5,
  breakerCalls: 20,
  breakerMillis: 30_000,
};
const WAITER = {operation: 'call', for: 'room', since: '2026-11-01T12:00:01Z'};

/** Two capabilities as the API tells of them: one that fails, and one without a provider. */
export const STOCK = {
  name: 'stock.reserve',
  providers: [
    {bundle: 'acme.stock', version: '1.2.0'},
    {bundle: 'acme.stock', version: '1.1.0'},
  ],
  limits: LIMITS,
  circuit: {state: 'open', since: '2026-11-01T12:00:00Z', cause: 'the shop is shut', retryAt: '2026-11-01T12:00:30Z'},
  calls: 12_345,
  failures: 67,
  refused: 8,
  retries: 9,
  timeouts: 1,
  running: 3,
  waiting: 3,
  p50Millis: 1.25,
  p99Millis: 731.5,
  waiters: [{...WAITER, agent: 'echo/one'}, WAITER, WAITER],
};
const MAIL = {
  ...STOCK,
  name: 'mail.send',
  providers: [],
  limits: {...LIMITS, rule: 'default', concurrent: 0},
  circuit: {state: 'closed'},
  p50Millis: undefined,
  p99Millis: undefined,
  waiting: 0,
  waiters: [],
};
const CALL = {operation: 'call', startedAt: '2026-11-01T12:00:00Z', millis: 1.25, waitedMillis: 0, attempts: 1};
const RECENT = [
  {...CALL, attempts: 0, code: 'capability.open', cause: 'It failed too often.'},
  {...CALL, provider: 'acme.stock', version: '1.2.0'},
];

/** A tenant that nothing holds, a type that a bound holds, and one whose waiting agents are those of other tenants. */
const TURN_LIMITS = [
  {of: 'tenant', name: 'default', weight: 4, running: 5, waiting: 1, waiters: ['echo/one']},
  {of: 'type', name: 'echo', weight: 1, concurrent: 2, perSecond: 50, running: 2, waiting: 12, heldBy: 'concurrent', waiters: ['echo/one']},
  {of: 'type', name: 'triage', weight: 1, perSecond: 10, running: 0, waiting: 2, heldBy: 'perSecond', waiters: []},
];

/** No plugin of these tests provides a capability, and no bound is set: the API tells of these instead. */
export async function pretendCapabilities(page) {
  await page.context().route('**/v1/limits', (route) => route.fulfill({json: {limits: TURN_LIMITS}}));
  const tell = (path, json) => page.context().route(`**/v1/capabilities${path}`, (route) => route.fulfill({json}));
  await tell('', {capabilities: [MAIL, STOCK]});
  await tell('/stock.reserve', {...STOCK, recentCalls: RECENT});
  await tell('/mail.send', {...MAIL, recentCalls: []});
}
