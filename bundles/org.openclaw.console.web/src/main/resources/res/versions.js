// Each bundle with its versions: which one serves, which is held, and the switches for that.

import {get, put, remove} from './api.js';
import {fill, h, keyed, show} from './dom.js';
import {sections} from './files.js';
import {href} from './page.js';
import {digest, empty, head, pill, readerHint, sentence} from './parts.js';

export function versions(page) {
  const list = h('div.stack', {});
  const none = h('div', {}, empty('No bundle is here yet.', 'Drag a signed jar onto this page; its versions appear here.'));
  return {
    node: h('div.stack', {}, sections('versions'), list, none),
    open: () =>
      page.top({
        heading: 'Bundles and trust',
        lead: 'The highest version serves, unless one is pinned.',
        actions: page.operator ? [] : readerHint(page.who),
      }),
    async load(signal) {
      const {deployments} = await get('/deployments', signal);
      keyed(
        list,
        deployments,
        (each) => each.name,
        () => h('section', {}),
        (node, each) => fill(node, [each, page.operator], () => one(page, each)),
      );
      show(none, deployments.length === 0);
    },
  };
}

function one(page, {name, text, pinned, versions: all}) {
  const unpin =
    page.operator && pinned
      ? h(
          'button.push',
          {
            type: 'button',
            onclick: () => page.act(`${name} is unpinned: its highest version serves.`, () => remove(pinPath(name))),
          },
          'Unpin',
        )
      : null;
  return [
    h('div.section-head', {}, h('h2', {}, name), h('p.quiet', {}, sentence(text)), unpin),
    h(
      'div.panel',
      {},
      h(
        'table.table.versions-table',
        {},
        head(['Version', 'State', 'File', 'Agents', 'SHA-256', '.Action']),
        h(
          'tbody',
          {},
          all.map((each) =>
            h(
              'tr',
              {},
              h('th', {scope: 'row'}, each.version, each.version === pinned ? [' ', pill('pinned', 'info')] : null),
              h('td', {'data-label': 'State'}, pill(each.state)),
              h('td.long', {'data-label': 'File'}, each.file ? h('a', {href: href({file: each.file})}, each.file) : '–'),
              h('td', {'data-label': 'Agents'}, (each.agents ?? []).join(', ') || '–'),
              h('td', {'data-label': 'SHA-256'}, each.digest ? digest(each.digest, `the SHA-256 of ${each.version}`) : '–'),
              h(
                'td.number',
                {},
                page.operator && each.version !== pinned && each.state !== 'refused'
                  ? h(
                      'button',
                      {
                        type: 'button',
                        'aria-label': `Pin ${name} ${each.version}`,
                        onclick: () =>
                          page.act(`${name} is pinned to ${each.version}.`, () => put(pinPath(name), {version: each.version})),
                      },
                      'Pin',
                    )
                  : '',
              ),
            ),
          ),
        ),
      ),
    ),
  ];
}

const pinPath = (name) => `/deployments/${encodeURIComponent(name)}/pin`;
