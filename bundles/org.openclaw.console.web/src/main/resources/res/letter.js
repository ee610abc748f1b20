// One dead letter: how its turns failed, and what it holds, when somebody asks for that.

import {get, Problem} from './api.js';
import {fill, h, show} from './dom.js';
import {bytes, time} from './format.js';
import {discarding, letterPath, redrive} from './letters.js';
import {list} from './list.js';
import {href} from './page.js';
import {copyButton, empty, facts, pill, readerHint, receipt} from './parts.js';
import {reveal} from './reveal.js';

const STATUS = {waiting: 'suspended', running: 'active', done: 'done', dead: 'failed', cancelled: 'passive', expired: 'suspended'};

export function letter(page) {
  const strip = h('div.strip', {});
  const attempts = list({
    title: 'Attempts',
    names: ['At', 'Version', 'Cause'],
    nothing: 'None.',
    key: (attempt) => JSON.stringify(attempt),
    row: attempt,
  });
  const body = h('div', {});
  const here = h(
    'div.stack',
    {},
    strip,
    attempts.node,
    h('section', {}, h('div.section-head', {}, h('h2', {}, 'What it holds')), h('div.panel', {}, body)),
  );
  const gone = h('div.stack', {});
  const again = h('button.primary', {type: 'button', onclick: () => redrive(page, known)}, 'Redrive');
  const discard = h('button.danger-quiet', {type: 'button', onclick: () => discarding(page, known)}, 'Discard');
  let id = '';
  let known = null;

  function open(query) {
    if (id !== query.letter) {
      [here, gone, again, discard].forEach((part) => show(part, false));
      fill(body, null, () => []);
    }
    id = query.letter;
    page.top({
      heading: 'Dead letter',
      crumbs: [h('a', {href: href({})}, 'Dead letters'), ' /'],
      actions: page.operator ? [again, discard] : readerHint(page.who),
    });
  }

  async function load(signal) {
    const asked = id;
    const found = await known404(get(letterPath(asked), signal));
    const message = found === null ? await known404(get(`/messages/${encodeURIComponent(asked)}`, signal)) : null;
    if (asked !== id) return;
    known = found;
    [here, again, discard].forEach((part) => show(part, found !== null));
    show(gone, found === null);
    if (found === null) fill(gone, [asked, message], ([, left]) => elsewhere(left));
    else update(found);
  }

  function update(found) {
    fill(strip, found, summary);
    attempts.update(found.attempts);
    fill(body, [found.receipt, page.admin], () => hidden(found));
  }

  function hidden(found) {
    if (!page.admin) return h('p.nothing', {}, `${bytes(found.bytes)}, which only an administrator sees.`);
    return reveal(
      `Show the body, ${bytes(found.bytes)}`,
      async () => (await get(`${letterPath(found.receipt)}?body=true`)).data,
    );
  }

  return {node: h('div.stack', {}, gone, here), open, load};
}

/** What was found; null where the API knows of nothing there. */
const known404 = (found) =>
  found.catch((failure) => {
    if (failure instanceof Problem && failure.status === 404) return null;
    throw failure;
  });

const agentLink = (to) => h('a', {href: href({agent: to}, '/system/console/agents')}, to);

const summary = (found) =>
  facts([
    ['Message', h('code', {}, found.type)],
    ['Agent', agentLink(found.to)],
    ['From', found.source],
    ['Accepted', time(found.acceptedAt)],
    ['Set aside', time(found.deadAt)],
    ['Failed', found.failures === 1 ? 'once' : `${found.failures} times`],
    ['Id', found.id],
    ['Receipt', h('span', {}, receipt(found.receipt), copyButton(found.receipt, 'the receipt'))],
  ]);

const attempt = ({at, version, code, cause}) =>
  h(
    'tr',
    {},
    h('td', {}, time(at)),
    h('td', {}, version ?? 'none ran it'),
    h('td.long', {}, h('span.is-bad', {}, cause), ' ', h('code', {}, code)),
  );

/** It was redriven or discarded, or never was a dead letter: its receipt says where it is. */
function elsewhere(message) {
  if (message === null)
    return empty('It is not there.', 'There is no message with this receipt, or it is forgotten by now.');
  return [
    h(
      'div.strip',
      {},
      facts([
        ['Message', h('code', {}, message.type)],
        ['Agent', agentLink(message.to)],
        ['Is now', pill(message.status, STATUS[message.status])],
        ['Receipt', receipt(message.receipt)],
      ]),
    ),
    empty(
      'It is no dead letter under this receipt.',
      'It was redriven or discarded; one that fails again is a new dead letter. ',
      h('a', {href: href({})}, 'Show all dead letters'),
      '.',
    ),
  ];
}
