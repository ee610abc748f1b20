// The files of deploy/: each with its state and its verdict, and everything that is known of it when it is opened.

import {get, remove} from './api.js';
import {ask} from './dialog.js';
import {attr, debounced, fill, h, keyed, show, text} from './dom.js';
import {count, day, millis, time} from './format.js';
import {href} from './page.js';
import {digest, empty, facts, icon, pill, readerHint, sentence} from './parts.js';
import {revocation} from './revoke.js';
import {uploadButton, uploads} from './upload.js';

const STATES = ['serving', 'superseded', 'refused', 'arriving', 'flagged'];

/** The three parts of the page. */
export const sections = (current) =>
  h(
    'nav.sections',
    {'aria-label': 'Bundles and trust'},
    [
      ['files', 'Files', href({})],
      ['versions', 'Versions', href({view: 'versions'})],
      ['trust', 'Publishers and revocations', href({view: 'trust'})],
    ].map(([name, label, link]) => h('a', {href: link, 'aria-current': name === current ? 'page' : null}, label)),
  );

export function files(page) {
  const search = h('input', {
    type: 'search',
    placeholder: 'Search files, bundles, publishers',
    'aria-label': 'Search files',
    'aria-keyshortcuts': '/',
    autocomplete: 'off',
    spellcheck: 'false',
  });
  const ofState = STATES.map((state) =>
    h('a', {'data-state': state}, h(`span.dot.is-${state}`, {'aria-hidden': 'true'}), state, h('span.choice-count', {})),
  );
  const deploy = uploadButton(page);
  const list = h('ul.files', {});
  const none = h('div', {});
  const node = h(
    'div.stack',
    {},
    sections('files'),
    uploads.node,
    h(
      'div.filters',
      {},
      h('label.search', {}, icon('search'), search, h('kbd', {'aria-hidden': 'true'}, '/')),
      h('div.choice', {role: 'group', 'aria-label': 'State'}, ofState),
    ),
    list,
    none,
  );
  let query = {};
  let known = null;

  search.addEventListener(
    'input',
    debounced(150, () => page.go({...query, q: search.value.trim()}, {replace: true})),
  );

  function open(asked) {
    const other = asked.file !== undefined && asked.file !== query.file;
    query = asked;
    if (document.activeElement !== search) search.value = query.q ?? '';
    for (const link of ofState) {
      attr(link, 'href', href({...query, state: query.state === link.dataset.state ? '' : link.dataset.state, file: ''}));
      attr(link, 'aria-current', query.state === link.dataset.state ? 'true' : null);
    }
    page.top({
      heading: 'Bundles and trust',
      lead: 'What lies in deploy/, and what the trust gate says of it.',
      actions: page.operator ? deploy : readerHint(page.who),
    });
    if (known !== null) draw(known, other);
  }

  async function load(signal) {
    const first = known === null;
    known = (await get('/bundles', signal)).bundles;
    draw(known, first);
  }

  function draw(all, seek) {
    for (const link of ofState) {
      const number = all.filter((file) => has(file, link.dataset.state)).length;
      text(link.lastElementChild, number > 0 ? count(number) : '');
    }
    const found = all.filter((file) => matches(file, query)).sort((one, other) => rank(one) - rank(other));
    keyed(
      list,
      found,
      (file) => file.file,
      (file) => row(page, file, () => query),
      change,
    );
    show(list, found.length > 0);
    show(none, found.length === 0);
    fill(none, [all.length, page.operator], () =>
      all.length > 0
        ? empty('No file is like that.', 'Search for a part of a name, or ', h('a', {href: href({})}, 'show all files'), '.')
        : empty(
            'Nothing is deployed.',
            ...(page.operator
              ? ['Drag a signed jar onto this page, or use ', ...sentence("'claw deploy FILE'")]
              : sentence("'claw deploy FILE'")),
            '. It appears here with its verdict.',
          ),
    );
    if (seek && query.file !== undefined) list.querySelector('details[open]')?.scrollIntoView({block: 'nearest'});
  }

  return {node, open, load};
}

/** What needs a look stands first. */
const rank = ({state}) => ({arriving: 0, refused: 1})[state] ?? 2;

const has = (file, state) => (state === 'flagged' ? (file.flags ?? []).length > 0 : file.state === state);

/** An opened file is shown whatever the filter says. */
function matches(file, {q, state, file: opened}) {
  if (file.file === opened) return true;
  const words = [file.file, file.name, file.serving?.name, file.publisher, file.code].join(' ').toLowerCase();
  return (!q || words.includes(q.toLowerCase())) && (!state || has(file, state));
}

/** A row opens and closes; which one is open is in the URL. */
function row(page, {file}, query) {
  const summary = h('summary', {});
  const details = h(
    'details.file',
    {
      open: query().file === file,
      ontoggle: () => {
        const opened = query().file === file;
        if (details.open && !opened) page.go({...query(), file}, {replace: true});
        if (!details.open && opened) page.go({...query(), file: ''}, {replace: true});
      },
    },
    summary,
    h('div.file-body', {}),
  );
  const node = h('li', {}, details);
  node.page = page;
  node.query = query;
  return node;
}

function change(node, file) {
  const details = node.firstElementChild;
  const [summary, body] = details.children;
  const wanted = node.query().file;
  if (wanted === file.file && !details.open) details.open = true;
  if (wanted !== undefined && wanted !== file.file && details.open) details.open = false;
  fill(summary, file, line);
  fill(body, [file, node.page.operator], ([each, may]) => opened(node.page, each, may));
}

function line(file) {
  const bundle = file.serving ?? (file.name ? file : null);
  return [
    icon('open'),
    h('span.file-name', {}, file.file),
    h('span.file-pills', {}, pill(file.state), (file.flags ?? []).length > 0 ? pill('flagged') : null),
    h('span.file-bundle', {}, bundle === null ? '' : `${bundle.name} ${bundle.version}`),
    h('span.file-publisher', {}, file.publisher ?? ''),
    h('span.file-since', {}, time(file.since)),
    file.state === 'refused' ? h('span.file-reason', {}, file.reason) : null,
  ];
}

function opened(page, file, may) {
  return [
    h(
      `div.verdict.is-${file.state}`,
      {},
      file.reason ? null : h('p', {}, file.text),
      (file.flags ?? []).map((flag) => h('p.flag', {}, icon('warning'), h('span', {}, flag.text, ' ', h('code', {}, flag.code)))),
      file.reason
        ? facts([
            ['What is wrong', file.reason],
            ['Expected', file.expected || null],
            ['What to do', h('span', {}, sentence(file.cure))],
            ['Code', h('code', {}, file.code)],
            ['Still serving', file.serving ? `${file.serving.name} ${file.serving.version}` : null],
            ['In the log', h('span.said', {}, file.text)],
          ])
        : null,
    ),
    facts([
      ['Bundle', file.name ? `${file.name} ${file.version}` : null],
      ['Publisher', file.publisher ? h('a', {href: href({view: 'trust'})}, file.publisher) : null],
      [
        'Agents',
        file.agents?.length > 0
          ? file.agents.map((type, index) => [
              index > 0 ? ', ' : '',
              h('a', {href: `/system/console/agents?type=${encodeURIComponent(type)}`}, type),
            ])
          : null,
      ],
      ['SHA-256', file.digest ? digest(file.digest, 'the SHA-256') : null],
      ...(file.signers ?? []).flatMap((signer) => [
        ['Signer', `${signer.signer} (${signer.algorithm})`],
        ["Signer's key", digest(signer.key, "the signer's key")],
        ['Certificate ends', time(signer.notAfter, day)],
      ]),
      [
        'Since',
        h('span', {}, time(file.since), file.tookMillis > 0 ? h('span.quiet', {}, ` after ${millis(file.tookMillis)}`) : null),
      ],
    ]),
    may
      ? h(
          'div.file-actions',
          {},
          h('button', {type: 'button', onclick: () => removal(page, file)}, 'Remove'),
          file.digest && page.admin ? h('button.danger-quiet', {type: 'button', onclick: () => revocation(page, file)}, 'Revoke') : null,
        )
      : null,
  ];
}

function removal(page, {file, serving, agents = []}) {
  ask({
    title: `Remove ${file}?`,
    content: h(
      'p',
      {},
      serving
        ? `${serving.name} ${serving.version} stops serving${agents.length > 0 ? `; messages for ${agents.join(', ')} wait unless another version serves` : ''}. The file moves to data/trash.`
        : 'Nothing of it runs. The file moves to data/trash.',
    ),
    action: 'Remove',
    run: async () => {
      await remove(`/bundles/${encodeURIComponent(file)}`);
      page.settled(`${file} is removed.`);
    },
  });
}
