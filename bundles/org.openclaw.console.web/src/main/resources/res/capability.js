// One capability: its limits, who waits for it, its latest calls.

import {get, Problem} from './api.js';
import {circuit, provider, running} from './capability-list.js';
import {fill, h, show} from './dom.js';
import {count, millis, time} from './format.js';
import {list} from './list.js';
import {href} from './page.js';
import {empty, facts, icon} from './parts.js';

const REASONS = {provider: 'a provider', room: 'room', rate: 'its place in the rate'};

export function capability(page) {
  const obstacle = h('div.obstacle', {role: 'note'});
  const strip = h('div.strip', {});
  const limits = h('div.strip', {});
  const waiters = list({
    title: 'Waiting calls',
    names: ['Since', 'For', 'Call', 'Agent'],
    nothing: 'No call waits.',
    key: ({key}) => key,
    row: waiter,
  });
  const calls = list({
    title: 'Latest calls',
    names: ['Began', 'Call', 'Provider', '#Took', '#Waited', '#Attempts', 'Failure'],
    nothing: 'None is remembered: the node keeps the latest 100 of each capability, until it stops.',
    key: ({key}) => key,
    row: call,
  });
  const badge = h('span', {});
  const here = h(
    'div.stack',
    {},
    obstacle,
    strip,
    h('section', {}, h('div.section-head', {}, h('h2', {}, 'Limits')), limits),
    waiters.node,
    calls.node,
  );
  const gone = h('div', {});
  let name = '';

  function open(query) {
    if (name !== query.name) [here, gone].forEach((part) => show(part, false));
    name = query.name;
    page.top({heading: name, crumbs: [h('a', {href: href({})}, 'Capabilities'), ' /'], badge});
  }

  async function load(signal) {
    const asked = name;
    const found = await get(`/capabilities/${encodeURIComponent(asked)}`, signal).catch((failure) => {
      if (failure instanceof Problem && failure.status < 500) return failure;
      throw failure;
    });
    if (asked !== name) return;
    const there = !(found instanceof Problem);
    show(here, there);
    show(gone, !there);
    fill(badge, there ? found.circuit : null, (state) => (state === null ? [] : circuit(state)));
    if (there) update(found);
    else fill(gone, found.message, (words) => empty('It is not there.', words));
  }

  function update(found) {
    const trouble = troubleOf(found);
    show(obstacle, trouble !== '');
    fill(obstacle, [trouble, found.circuit], () => [icon('warning'), h('p', {}, trouble, times(found.circuit))]);
    const {waiters: waiting, recentCalls, limits: configured, ...figures} = found;
    fill(strip, [figures, configured.concurrent], () => summary(found));
    fill(limits, configured, bounds);
    waiters.update(numbered(waiting), {
      remark: found.waiting > waiting.length ? `The first ${count(waiting.length)} of ${count(found.waiting)} are shown.` : '',
    });
    calls.update(numbered(recentCalls));
  }

  return {node: h('div.stack', {}, gone, here), open, load};
}

/** Two calls may say the same of themselves: the key of the second is another one. */
function numbered(items) {
  const seen = new Map();
  return items.map((item) => {
    const said = JSON.stringify(item);
    const before = seen.get(said) ?? 0;
    seen.set(said, before + 1);
    return {...item, key: `${said} ${before}`};
  });
}

/** Why calls do not go through at present; empty text when they do. */
function troubleOf({providers, circuit: {state, cause}, limits}) {
  if (providers.length === 0)
    return limits.waitMillis === 0
      ? 'No provider is here: calls are refused. Deploy a bundle that brings it.'
      : `No provider is here: calls wait for one, ${millis(limits.waitMillis)} at most. Deploy a bundle that brings it.`;
  if (state === 'open') return `It failed too often and is left alone for a while. The last failure: ${cause}`;
  if (state === 'half-open') return `It failed too often; the next call tries it. The last failure: ${cause}`;
  return '';
}

/** Since when it is left alone, and until when. */
const times = ({since, retryAt}) => [since ? [' Since: ', time(since), '.'] : null, retryAt ? [' Tried again: ', time(retryAt), '.'] : null];

const summary = (found) =>
  facts([
    ['Providers', found.providers.map(provider).join(', ') || 'none'],
    ['Running', running(found)],
    ['Waiting', count(found.waiting)],
    ['Calls', count(found.calls)],
    ['Failed', h(found.failures > 0 ? 'span.is-bad' : 'span', {}, count(found.failures))],
    ['Refused', count(found.refused)],
    ['Timed out', count(found.timeouts)],
    ['Attempts beyond the first', count(found.retries)],
    ['Median', millis(found.p50Millis)],
    ['99 of 100 within', millis(found.p99Millis)],
  ]);

const bounds = (limits) =>
  facts([
    ['Configured as', h('code', {}, limits.rule)],
    ['At once', some(limits.concurrent, count)],
    ['A second', some(limits.perSecond, count)],
    ['Queue', count(limits.queue)],
    ['Wait', millis(limits.waitMillis)],
    ['Time-out', some(limits.timeoutMillis, millis)],
    ['Attempts', limits.attempts === 1 ? '1' : `${limits.attempts}, first pause ${millis(limits.retryMillis)}`],
    [
      'Breaker',
      limits.breakerFailures === 0
        ? 'none'
        : `${count(limits.breakerFailures)} failures of ${count(limits.breakerCalls)} calls, for ${millis(limits.breakerMillis)}`,
    ],
  ]);

const some = (value, write) => (value === 0 ? 'any' : write(value));

const waiter = (waiting) =>
  h(
    'tr',
    {},
    h('td', {}, time(waiting.since)),
    h('td', {}, REASONS[waiting.for] ?? waiting.for),
    h('td', {}, h('code', {}, waiting.operation)),
    h('td.long', {}, waiting.agent ? h('a', {href: `/system/console/agents?agent=${place(waiting.agent)}`}, waiting.agent) : '–'),
  );

const place = (address) => address.split('/').map(encodeURIComponent).join('/');

const call = (made) =>
  h(
    'tr',
    {},
    h('td', {}, time(made.startedAt)),
    h('td', {}, h('code', {}, made.operation)),
    h('td', {}, made.provider ? `${made.provider} ${made.version}` : '–'),
    h('td.number', {}, millis(made.millis)),
    h('td.number', {}, millis(made.waitedMillis)),
    h('td.number', {}, count(made.attempts)),
    h('td', {}, made.code ? [h('span.is-bad', {}, made.cause), ' ', h('code', {}, made.code)] : null),
  );
