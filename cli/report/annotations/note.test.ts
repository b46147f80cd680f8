import { expect, test } from 'vitest';
import { CliError } from '../../errors.ts';
import { finding } from '../../pages/findings.ts';
import { failed, stored } from '../../testing/items.ts';
import { a, b, d, record } from '../../testing/records.ts';
import { notesOfFindings, notesOfRun } from './note.ts';

const warning = (code: string, message: string) => ({ code, message });
const brief = (notes: ReturnType<typeof notesOfRun>) =>
  notes.map(({ severity, code, file }) => [severity, code, file]);

test('errors come first, the rarest kind first, and what ended the run is one of them', () => {
  const recorder = record();
  const problems = ['x.md', 'w.md'].map((file) => ({
    file,
    code: 'no_title',
    message: `${file}: has no title`,
  }));
  recorder.on({ type: 'scanned', posts: 4, problems });
  const cut = warning('text_cut', '"A" is cut.');
  recorder.on({
    type: 'image',
    item: a,
    result: stored(a, { warnings: [cut, warning('overflow', 'Over.')] }),
  });
  recorder.on({ type: 'image', item: b, result: stored(b, { warnings: [cut] }) });
  recorder.on({ type: 'image', item: d, result: failed(d) });
  const notes = notesOfRun(recorder.document(0), new CliError('store_refused', 'No.', 'Ask.'));
  expect(brief(notes)).toEqual([
    ['error', 'render_failed', 'd.md'],
    ['error', 'store_refused', null],
    ['error', 'no_title', 'w.md'],
    ['error', 'no_title', 'x.md'],
    ['warning', 'overflow', 'a.md'],
    ['warning', 'text_cut', 'a.md'],
    ['warning', 'text_cut', 'b.md'],
  ]);
  expect(notes[1]).toMatchObject({ name: 'the run ended early', message: 'No. Ask.' });
  expect(notes[2]).toMatchObject({ name: 'no title', message: 'has no title' });
});

test('what several images of one post have to say is said once', () => {
  const recorder = record();
  const warnings = [warning('text_cut', '"A" is cut.')];
  for (const key of ['a.jpg', 'a.square.jpg']) {
    const item = { ...a, key };
    recorder.on({ type: 'image', item, result: stored(item, { warnings }) });
  }
  expect(notesOfRun(recorder.document(0))).toHaveLength(1);
});

test('an error that is none of ours is no note: it is printed', () => {
  expect(notesOfRun(record().document(0), new TypeError('x'))).toEqual([]);
});

test('findings of a folder are in its files, those of a served site in none', () => {
  const findings = [
    finding('no_alt', 'public/a.html', 'names no text'),
    finding('no_image', 'public/b.html', 'names no image'),
  ];
  expect(brief(notesOfFindings(findings, { served: false }))).toEqual([
    ['error', 'no_image', 'public/b.html'],
    ['warning', 'no_alt', 'public/a.html'],
  ]);
  expect(
    notesOfFindings([finding('no_image', 'https://a.example/', 'names none')], { served: true }),
  ).toEqual([
    {
      severity: 'error',
      code: 'no_image',
      name: 'no og:image',
      file: null,
      message: 'https://a.example/ names none',
    },
  ]);
});
