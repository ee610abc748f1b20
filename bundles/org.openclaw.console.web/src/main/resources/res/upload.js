// A jar comes in by a drop anywhere on the page or by a button, and stays on the list until its verdict was read.

import {upload} from './api.js';
import {h, show, text} from './dom.js';
import {bytes} from './format.js';
import {announce} from './notices.js';
import {href} from './page.js';
import {icon, pill, sentence} from './parts.js';

const list = h('ul.uploads', {'aria-label': 'Uploads'});

/** The jars that were sent from this page. */
export const uploads = {node: list};

export function uploadButton(page) {
  const input = h('input', {
    type: 'file',
    accept: '.jar',
    multiple: true,
    hidden: true,
    'aria-label': 'Jars to deploy',
    onchange: () => {
      send(page, [...input.files]);
      input.value = '';
    },
  });
  return h('span', {}, h('button.primary', {type: 'button', onclick: () => input.click()}, icon('upload'), 'Deploy a jar'), input);
}

/** From now on a jar may be dropped anywhere on the page. */
export function watchForJars(page) {
  const words = h('p', {});
  const veil = h('div.veil', {hidden: true, 'aria-hidden': 'true'}, h('div', {}, icon('upload'), words));
  document.body.append(veil);
  let depth = 0;
  const files = (event) => event.dataTransfer?.types.includes('Files');
  addEventListener('dragenter', (event) => {
    if (!files(event)) return;
    event.preventDefault();
    depth++;
    text(words, page.operator ? 'Drop it to deploy it' : `'${page.who.name}' may look and deploy nothing`);
    show(veil, true);
  });
  addEventListener('dragover', (event) => {
    if (!files(event)) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = page.operator ? 'copy' : 'none';
  });
  addEventListener('dragleave', (event) => {
    if (files(event) && --depth <= 0) hide();
  });
  addEventListener('drop', (event) => {
    if (!files(event)) return;
    event.preventDefault();
    hide();
    if (page.operator) send(page, [...event.dataTransfer.files]);
  });
  function hide() {
    depth = 0;
    show(veil, false);
  }
}

/** One after the other, in the order in which they came. */
async function send(page, jars) {
  if (location.search.includes('view=')) page.go({});
  const rows = jars.map((jar) => ({jar, row: progressRow(jar)}));
  list.prepend(...rows.map(({row}) => row.node));
  for (const {jar, row} of rows) {
    if (jar.name.endsWith('.jar')) await deploy(page, jar, row);
    else row.settle('refused', `${jar.name} is no jar. Only bundles (files that end in .jar) are deployed.`);
  }
}

async function deploy(page, jar, row) {
  try {
    const verdict = await upload(jar, row.progress);
    row.settle(verdict.state, verdict.text ?? `${jar.name} is still being verified: its row below tells what becomes of it.`);
  } catch (failure) {
    row.settle(failure.body?.state ?? 'refused', failure.message, failure.body);
  }
  page.refresh();
}

function progressRow(jar) {
  const bar = h('progress', {max: 1, value: 0, 'aria-label': `Sending ${jar.name}`});
  const words = h('p.upload-words', {}, 'Sending');
  const state = h('span', {});
  const close = h('button.quiet-button', {type: 'button', hidden: true, onclick: () => node.remove()}, 'Close');
  const node = h(
    'li.upload',
    {},
    h('div.upload-head', {}, h('strong', {}, jar.name), h('span.quiet', {}, bytes(jar.size)), state, close),
    bar,
    words,
  );
  return {
    node,
    progress(share) {
      bar.value = share;
      if (share >= 1) {
        bar.removeAttribute('value');
        text(words, 'Verifying');
      }
    },
    settle(wanted, sentenceOfIt, more = {}) {
      bar.remove();
      show(close, true);
      state.replaceChildren(pill(wanted));
      node.classList.add(`is-${wanted}`);
      words.replaceChildren(
        ...(more.reason
          ? [
              h('strong', {}, 'What is wrong: '),
              `${more.reason}${more.expected ? ` (expected: ${more.expected})` : ''}. `,
              h('br'),
              h('strong', {}, 'What to do: '),
              ...sentence(more.cure ?? ''),
            ]
          : [sentenceOfIt]),
        ' ',
        more.file || wanted !== 'refused' ? h('a', {href: href({file: jar.name})}, 'Details') : '',
      );
      announce(`${jar.name} ${wanted}. ${sentenceOfIt}`);
    },
  };
}
