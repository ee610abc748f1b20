// Whom this installation trusts, with which limits, and what is revoked.

import {get} from './api.js';
import {fill, h, keyed, show} from './dom.js';
import {sections} from './files.js';
import {day, time} from './format.js';
import {list} from './list.js';
import {digest, empty, facts, icon, pill, readerHint, sentence} from './parts.js';
import {revocationByHand} from './revoke.js';

export function trust(page) {
  const publishers = h('div.publishers', {});
  const none = h(
    'div',
    {},
    empty(
      'No publisher is trusted.',
      ...sentence("'claw keygen NAME --bundles PATTERN'"),
      ' makes a key and its entry in conf/trust/publishers/. Until then every jar is refused.',
    ),
  );
  const troubles = h('div.stack', {});
  const revoked = list({
    title: 'Revoked',
    names: ['Kind', 'What', 'Versions'],
    nothing: 'Nothing is revoked.',
    key: (entry) => JSON.stringify(entry),
    row: entry,
  });
  return {
    node: h(
      'div.stack',
      {},
      sections('trust'),
      troubles,
      h('section', {}, h('div.section-head', {}, h('h2', {}, 'Publishers')), publishers, none),
      revoked.node,
    ),
    open: () =>
      page.top({
        heading: 'Bundles and trust',
        lead: 'Who may publish what, and what never runs again.',
        actions: page.admin
          ? h('button.danger-quiet', {type: 'button', onclick: () => revocationByHand(page)}, 'Revoke')
          : readerHint(page.who),
      }),
    async load(signal) {
      const found = await get('/trust', signal);
      keyed(
        publishers,
        found.publishers,
        (each) => each.name,
        () => h('article.card', {}),
        (node, each) => fill(node, each, publisher),
      );
      fill(troubles, found.problems ?? [], (all) =>
        all.map((trouble) => h('div.obstacle', {}, icon('warning'), h('p', {}, sentence(trouble.text)))),
      );
      show(troubles, (found.problems ?? []).length > 0);
      show(none, found.publishers.length === 0);
      revoked.update(found.revoked.entries, {
        remark: found.revoked.entries.length > 0 ? `Serial ${found.revoked.serial} of conf/trust/revoked.json.` : '',
      });
    },
  };
}

const names = (patterns, otherwise) =>
  patterns?.includes('*')
    ? 'any'
    : patterns?.length > 0
      ? patterns.map((pattern, index) => [index > 0 ? ', ' : '', h('code', {}, pattern)])
      : otherwise;

function publisher(each) {
  const may = [
    each.native && 'native code',
    each.mutable && 'other bytes under the same version',
    each.system && 'framework hooks',
  ].filter(Boolean);
  const lowest = Object.entries(each.minVersions ?? {});
  return [
    h('h3', {}, each.name),
    each.problem ? h('p.flag', {}, icon('warning'), h('span', {}, each.problem)) : null,
    facts([
      ['Bundles', names(each.bundles, 'none')],
      ['Agents', names(each.agents, 'any')],
      ['Capabilities', names(each.capabilities, 'any')],
      ['Signatures', (each.require ?? []).join(' and ')],
      ['Timestamp', each.timestamp ? 'required' : 'not required'],
      ['CRL', each.crl],
      ['Runs', each.placement === 'worker' ? 'in a worker' : 'in this process'],
      ['May also', may.length > 0 ? may.join(', ') : null],
      ['At least', lowest.length > 0 ? lowest.map(([name, version]) => `${name} ${version}`).join(', ') : null],
      ...each.anchors.map((anchor) => [
        'Anchor',
        h(
          'span',
          {},
          anchor.subject,
          h('br'),
          digest(anchor.key, `the key of ${anchor.subject}`),
          anchor.notAfter ? h('span.quiet', {}, ' until ', time(anchor.notAfter, day)) : null,
        ),
      ]),
    ]),
  ];
}

const entry = ({kind, value, versions}) =>
  h(
    'tr',
    {},
    h('td', {}, pill(kind, 'info')),
    h('th', {scope: 'row'}, kind === 'bundle' ? value : digest(value, `the ${kind}'s digest`)),
    h('td', {}, versions ?? (kind === 'bundle' ? 'all' : '–')),
  );
