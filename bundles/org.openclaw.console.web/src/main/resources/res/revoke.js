// Revoking: what was trusted runs no more, wherever it comes from. It is final, and the question says so.

import {post} from './api.js';
import {ask, field} from './dialog.js';
import {h} from './dom.js';

/** Asks what of a file is to be revoked: its bytes, its bundle, or everything that its signer signed. */
export function revocation(page, {file, digest, name, signers = []}) {
  const choices = [
    {value: 'file', label: 'This file', hint: ['SHA-256 ', h('code', {}, digest)], body: () => ({file: digest})},
    ...(name
      ? [
          {
            value: 'bundle',
            label: `Versions of ${name}`,
            hint: 'All of them, or those in the range below',
            body: (form) => ({bundle: name, ...(form.get('versions') ? {versions: form.get('versions').trim()} : {})}),
          },
        ]
      : []),
    ...signers.map((signer, index) => ({
      value: `key-${index}`,
      label: `Everything signed by ${signer.signer}`,
      hint: ['Key ', h('code', {}, signer.key)],
      body: () => ({key: signer.key}),
    })),
  ];
  ask({
    title: `Revoke ${file}?`,
    content: [
      h(
        'p',
        {},
        'What is revoked stops within two seconds, its turns are interrupted, and it never runs here again. ',
        h('strong', {}, 'This is final: a revocation is not taken back.'),
      ),
      h(
        'fieldset.choices',
        {},
        h('legend', {}, 'What to revoke'),
        choices.map(({value, label, hint}, index) =>
          h(
            'label',
            {},
            h('input', {type: 'radio', name: 'what', value, checked: index === 0, required: true}),
            h('span', {}, label, h('small', {}, hint)),
          ),
        ),
      ),
      name
        ? field(
            'Range of versions',
            h('input', {name: 'versions', placeholder: '[1.0,2.0)', autocomplete: 'off', spellcheck: 'false'}),
            `For versions of ${name} only. Empty: all.`,
          )
        : null,
      sure(),
    ],
    action: 'Revoke',
    danger: true,
    run: (form) => revoke(page, choices.find((choice) => choice.value === form.get('what')).body(form)),
  });
}

/** Asks for a digest, a key or a bundle that lies in no file here. */
export function revocationByHand(page) {
  ask({
    title: 'Revoke',
    content: [
      h('p', {}, 'What is revoked never runs here again. ', h('strong', {}, 'This is final: a revocation is not taken back.')),
      field(
        'What',
        h(
          'select',
          {name: 'kind'},
          h('option', {value: 'file'}, 'A file, by its SHA-256'),
          h('option', {value: 'key'}, "A signer's key, by its SHA-256"),
          h('option', {value: 'bundle'}, 'Versions of a bundle, by its name'),
        ),
      ),
      field('SHA-256 or name', h('input', {name: 'value', required: true, autocomplete: 'off', spellcheck: 'false'})),
      field(
        'Range of versions',
        h('input', {name: 'versions', placeholder: '[1.0,2.0)', autocomplete: 'off', spellcheck: 'false'}),
        'For a bundle only. Empty: all.',
      ),
      sure(),
    ],
    action: 'Revoke',
    danger: true,
    run: (form) =>
      revoke(page, {
        [form.get('kind')]: form.get('value').trim(),
        ...(form.get('kind') === 'bundle' && form.get('versions') ? {versions: form.get('versions').trim()} : {}),
      }),
  });
}

const sure = () => h('label.sure', {}, h('input', {type: 'checkbox', required: true}), h('span', {}, 'I know that this is final.'));

async function revoke(page, body) {
  const {revoked, added} = await post('/trust/revocations', body);
  page.settled(added ? `Revoked ${revoked}.` : `${revoked} was revoked before.`);
}
