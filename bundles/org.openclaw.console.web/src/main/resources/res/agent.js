// One agent: its state, what its turn waits for, what waits for it, what it did last.

import {agentPath, get, patch, remove, Problem} from './api.js';
import {ask} from './dialog.js';
import {fill, h, show, text} from './dom.js';
import {bytes, count, many, millis, time} from './format.js';
import {json} from './json.js';
import {list} from './list.js';
import {href} from './page.js';
import {copyButton, empty, facts, icon, pill, readerHint, receipt, sentence} from './parts.js';
import {reveal} from './reveal.js';
import {timeline} from './timeline.js';
import {waits} from './waits.js';

export function agent(page) {
  const parts = {
    waits: waits(page),
    inbox: list({
      title: 'Inbox',
      names: ['Accepted', 'Message', 'From', '#Size', 'Receipt'],
      nothing: 'No message waits.',
      key: (message) => message.receipt,
      row: (message) => waiting(message, body((found) => found.inbox.find((each) => each.receipt === message.receipt))),
    }),
    steps: list({
      title: 'Steps of its turn',
      names: ['Step', 'Ended', '#Took', '#Attempts', '#Result', 'Cause'],
      nothing: 'None.',
      key: (step) => JSON.stringify(step),
      row: (step) => taken(step, body((found) => found.steps.find((each) => each.name === step.name && each.endedAt === step.endedAt))),
    }),
    turns: timeline(),
    timers: list({
      title: 'Timers',
      names: ['Name', 'Due', 'Message'],
      nothing: 'None is set.',
      key: (timer) => JSON.stringify(timer),
      row: (timer) => due(timer, body((found) => found.timers.find((each) => each.name === timer.name && each.due === timer.due))),
    }),
  };
  const obstacle = h('div.obstacle', {role: 'note'});
  const strip = h('div.strip', {});
  const memory = json();
  const copy = h('span.push', {});
  const blank = empty('No state yet.', 'It shows once the agent has handled a message.');
  const state = h('section', {}, h('div.section-head', {}, h('h2', {}, 'State'), copy), h('div.panel', {}, memory.node, blank));
  const here = h(
    'div.stack',
    {},
    obstacle,
    strip,
    h(
      'div.columns',
      {},
      h('div.stack', {}, state, parts.timers.node),
      h('div.stack', {}, parts.waits.node, parts.steps.node, parts.inbox.node, parts.turns.node),
    ),
  );
  const gone = h('div', {});
  const badge = h('span', {});
  const suspend = h('button', {type: 'button', onclick: () => suspendOrResume(page, known)}, 'Suspend');
  const purge = h('button.danger-quiet', {type: 'button', onclick: () => purging(page, known)}, 'Purge');
  const retire = h('button.danger-quiet', {type: 'button', onclick: () => retirement(page, known)}, 'Retire');
  const buttons = [suspend, retire, purge];
  let address = '';
  let known = null;

  /** A way to see what one of its messages holds, for those who may. */
  function body(find) {
    if (!page.admin) return null;
    const path = `${agentPath(address)}?body=true`;
    return reveal('Show the body', async () => find(await get(path))?.data);
  }

  function open(query) {
    if (address !== query.agent) [here, gone, ...buttons].forEach((part) => show(part, false));
    address = query.agent;
    page.top({
      heading: address,
      crumbs: [
        h('a', {href: href({})}, 'Agents'),
        ' / ',
        h('a', {href: href({type: address.split('/')[0]})}, address.split('/')[0]),
        ' /',
      ],
      badge,
      actions: page.operator ? buttons.filter((each) => page.admin || each !== purge) : readerHint(page.who),
    });
  }

  async function load(signal) {
    const asked = address;
    const found = await get(agentPath(asked), signal).catch((failure) => {
      if (failure instanceof Problem && failure.status < 500) return failure;
      throw failure;
    });
    if (asked !== address) return;
    const there = !(found instanceof Problem);
    show(here, there);
    show(gone, !there);
    const retired = found.state === 'retired';
    [suspend, retire].forEach((button) => show(button, there && !retired));
    show(purge, there && retired);
    fill(badge, there ? found.state : '', (word) => (word === '' ? [] : pill(word)));
    if (there) update(found);
    else fill(gone, found.message, (words) => empty('It is not there.', words));
  }

  function update(found) {
    known = found;
    text(suspend, isHeld(found) ? 'Resume' : 'Suspend');
    fill(strip, [found.version, found.waiting, found.turns, found.failures, found.createdAt, found.lastTurnAt], () =>
      summary(found),
    );
    show(obstacle, Boolean(found.obstacle));
    fill(obstacle, found.obstacle ?? '', (words) => [icon('warning'), h('p', {}, sentence(words))]);
    show(memory.node, found.memory !== undefined);
    show(blank, found.memory === undefined);
    fill(copy, found.memory ?? null, (value) => {
      memory.update(value ?? {});
      return value === null ? [] : copyButton(JSON.stringify(value, null, 2), 'the state');
    });
    parts.waits.update(found.waitsFor ?? []);
    const steps = found.steps ?? [];
    parts.steps.update(steps);
    show(parts.steps.node, steps.length > 0);
    const inbox = found.inbox ?? [];
    parts.inbox.update(inbox, {
      as: found.waiting > 0 ? `Inbox, ${many(found.waiting, 'message')} waiting` : 'Inbox',
      remark: found.waiting > inbox.length ? `The first ${count(inbox.length)} are shown.` : '',
    });
    parts.turns.update(found.recentTurns ?? []);
    parts.timers.update(found.timers);
  }

  return {node: h('div.stack', {}, gone, here), open, load};
}

/** Whether it goes on only when somebody lets it. */
const isHeld = (found) => found.suspended || found.state === 'suspended' || found.state === 'quarantined';

function suspendOrResume(page, found) {
  const wanted = !isHeld(found);
  page.act(wanted ? `${found.address} is suspended: its messages wait.` : `${found.address} goes on.`, () =>
    patch(agentPath(found.address), {suspended: wanted}),
  );
}

function retirement(page, {address, waiting: messages}) {
  ask({
    title: `Retire ${address}?`,
    content: h(
      'p',
      {},
      messages > 0 ? `It first handles what waits, ${many(messages, 'message')}. Then it` : 'It',
      ' ends: its timers are gone, its state is kept, and its address refuses messages until it is purged. This is final.',
    ),
    action: 'Retire',
    danger: true,
    run: async () => {
      await remove(agentPath(address));
      page.settled(`${address} is retired.`);
    },
  });
}

function purging(page, {address}) {
  ask({
    title: `Purge ${address}?`,
    content: h(
      'p',
      {},
      'Its state, its dead letters and everything else that is kept of it are forgotten for good. Its address begins anew with',
      ' the next message. This is final.',
    ),
    action: 'Purge',
    danger: true,
    run: async () => {
      await remove(`${agentPath(address)}?purge=true`);
      page.settled(`${address} is purged.`);
    },
  });
}

const summary = (found) =>
  facts([
    ['Version', found.version ?? 'none yet'],
    ['Waiting', count(found.waiting)],
    ['Turns', count(found.turns)],
    ['Failures', h(found.failures > 0 ? 'span.is-bad' : 'span', {}, count(found.failures))],
    ['Created', time(found.createdAt)],
    ['Last turn', time(found.lastTurnAt)],
  ]);

const waiting = (message, body) =>
  h(
    'tr',
    {},
    h('td', {}, time(message.acceptedAt)),
    h('td', {}, h('code', {title: message.receipt}, message.type), delivery(message), body),
    h('td.long', {}, message.source),
    h('td.number', {}, bytes(message.bytes)),
    h('td', {}, receipt(message.receipt)),
  );

/** How urgent it is and until when, where that is not as usual. */
const delivery = (message) =>
  [
    message.priority === undefined ? null : h('div', {}, `Priority ${message.priority}`),
    message.deadline ? h('div', {}, 'Deadline ', time(message.deadline)) : null,
    message.expirytime ? h('div', {}, 'Expires ', time(message.expirytime)) : null,
  ].filter(Boolean);

const taken = (step, body) =>
  h(
    'tr',
    {},
    h('th', {scope: 'row'}, step.name, step.cause ? null : body),
    h('td', {}, time(step.endedAt)),
    h('td.number', {}, millis(step.millis)),
    h('td.number', {}, count(step.attempts)),
    h('td.number', step.beside ? {title: 'Large: kept beside the step.'} : {}, step.bytes ? bytes(step.bytes) : null, step.beside ? ' beside' : null),
    h('td.long', {}, step.cause ? h('span.is-bad', {}, step.cause) : null),
  );

const due = (timer, body) =>
  h(
    'tr',
    {},
    h('th', {scope: 'row'}, timer.name),
    h('td', {}, time(timer.due)),
    h('td', {}, h('code', {}, timer.type), body),
  );
