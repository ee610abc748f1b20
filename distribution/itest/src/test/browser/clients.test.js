// Clients of other makers at the HTTP door: the CloudEvents SDK, a JSON Schema validator, the EventSource of a browser.

import assert from 'node:assert/strict';
import http from 'node:http';
import {test} from 'node:test';
import addFormats from 'ajv-formats';
import Ajv from 'ajv/dist/2020.js';
import {CloudEvent, HTTP} from 'cloudevents';
import {api, firstVisit, leave, say, sent} from './support.js';

const PATIENCE = 60_000;

/** An event that an echo agent understands. */
const event = (id, text, more = {}) =>
  new CloudEvent({specversion: '1.0', id, source: '/sdk', type: 'echo.Say', datacontenttype: 'application/json', data: {text}, ...more});

/** Sends what the SDK has made of an event. */
const post = (key, {headers, body}, more = {}) => sent('POST', `/agents/echo/${key}/messages`, body, {...headers, ...more});

test('events of the CloudEvents SDK are taken in binary and structured mode, once each', async () => {
  for (const [mode, message] of Object.entries({binary: HTTP.binary, structured: HTTP.structured})) {
    const first = await post('sdk', message(event(`sdk-${mode}`, mode)));
    assert.equal(first.status, 202, await first.text());
    const again = await post('sdk', message(event(`sdk-${mode}`, mode)));
    assert.equal((await again.json()).duplicate, true, mode);
    const other = await post('sdk', message(event(`sdk-${mode}`, 'something else')));
    assert.equal(other.status, 409, mode);
  }
});

test('a batch of events of the CloudEvents SDK is taken in its order', async () => {
  const batch = [1, 2, 3].map((number) => event(`batch-${number}`, `text ${number}`));
  const answer = await post('sdk-batch', {
    headers: {'content-type': 'application/cloudevents-batch+json'},
    body: JSON.stringify(batch),
  });
  assert.equal(answer.status, 202, await answer.text());
  // a message behind them: a query would be answered beside their turns
  const behind = await post('sdk-batch', HTTP.binary(event('behind', 'x', {type: 'echo.Slow', data: {millis: 0}})), {Prefer: 'wait=20'});
  assert.equal((await behind.json()).told, 4);
});

test('a reply is an event for the CloudEvents SDK', async () => {
  const answer = await post('sdk-reply', HTTP.binary(event('ask', 'hello')), {Prefer: 'wait=20'});
  const reply = HTTP.toEvent({headers: Object.fromEntries(answer.headers), body: await answer.text()});
  assert.equal(reply.validate(), true);
  assert.equal(reply.source.endsWith('echo/sdk-reply'), true, reply.source);
  assert.equal(reply.data.text, 'hello');
});

test('answers are what the OpenAPI document says, for a validator of JSON Schema 2020-12', async () => {
  await say('validated');
  const openapi = (await api('GET', '/../openapi.json')).json;
  const ajv = addFormats(new Ajv({allErrors: true, strict: false})).addSchema(openapi, 'openapi');
  let checked = 0;
  for (const [path, {get}] of Object.entries(openapi.paths)) {
    const content = get?.responses['200']?.content?.['application/json'];
    if (content === undefined || path.includes('{')) continue;
    const pointer = ['paths', path, 'get', 'responses', '200', 'content', 'application/json', 'schema'];
    const validate = ajv.compile({$ref: `openapi#/${pointer.map((name) => encodeURIComponent(name.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/')}`});
    const answer = await api('GET', `/..${path}`);
    assert.equal(answer.status, 200, path);
    assert.equal(validate(answer.json), true, `${path}: ${ajv.errorsText(validate.errors)}`);
    checked++;
  }
  assert.ok(checked > 5, `${checked} were checked`);
});

test('the schemas of the node are JSON Schema 2020-12, and the door refuses just what they refuse', async () => {
  const all = (await api('GET', '/schemas?limit=1000')).json.schemas;
  assert.ok(all.length > 3, JSON.stringify(all));
  const ajv = addFormats(new Ajv({allErrors: true}));
  for (const {digest} of all) {
    const document = await sent('GET', `/schemas/${digest}`);
    assert.equal(document.headers.get('content-type'), 'application/schema+json');
    assert.equal(typeof ajv.compile(await document.json()), 'function', digest);
  }
  const say = all.find(({name}) => name === 'echo.Say');
  const validate = ajv.compile(await (await sent('GET', `/schemas/${say.digest}`)).json());
  const bodies = [{text: 'x'}, {text: ''}, {text: 7}, {text: null}, {text: ['x']}, {text: 'x', more: {}}, {}, [], 'x', null];
  for (const body of bodies) {
    const answer = await sent('POST', '/agents/echo/schema/messages?type=echo.Say', JSON.stringify(body), {'Content-Type': 'application/json'});
    const problem = await answer.json();
    assert.equal(answer.status, validate(body) ? 202 : 422, `${JSON.stringify(body)}: ${JSON.stringify(problem)}`);
    if (answer.status === 422) assert.ok(problem.violations.length > 0, JSON.stringify(problem));
  }
});

test('the EventSource of a browser misses nothing and hears nothing twice over broken connections', async () => {
  const way = await breakable();
  const page = await firstVisit('/overview', {proxy: {server: way.url}});
  await page.evaluate(() => {
    globalThis.heard = [];
    const source = new EventSource('/v1/events?type=echo&kind=turn.done');
    source.addEventListener('turn.done', ({lastEventId, data}) => {
      if (JSON.parse(data).agent === 'echo/source') globalThis.heard.push(lastEventId);
    });
    return new Promise((opened) => source.addEventListener('open', opened, {once: true}));
  });
  for (let round = 1; round <= 3; round++) {
    for (let number = 0; number < 5; number++) await say('source');
    if (round === 2) await page.waitForFunction(() => globalThis.heard.length >= 6, null, {timeout: PATIENCE});
    way.cut();
  }
  await page.waitForFunction(() => globalThis.heard.length >= 15, null, {timeout: PATIENCE});
  await say('source');
  await page.waitForFunction(() => globalThis.heard.length >= 16, null, {timeout: PATIENCE});
  const heard = await page.evaluate(() => globalThis.heard);
  assert.equal(heard.length, 16);
  assert.equal(new Set(heard).size, 16);
  await leave(page);
  way.close();
});

/** A proxy whose connections can be cut. */
async function breakable() {
  const proxy = http.createServer((request, response) => {
    const onward = http.request(request.url, {method: request.method, headers: request.headers}, (answer) => {
      response.writeHead(answer.statusCode, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    response.on('close', () => onward.destroy());
    request.pipe(onward);
  });
  await new Promise((listening) => proxy.listen(0, '127.0.0.1', listening));
  const cut = () => proxy.closeAllConnections();
  return {
    url: `http://127.0.0.1:${proxy.address().port}`,
    cut,
    close: () => {
      proxy.close();
      cut();
    },
  };
}
