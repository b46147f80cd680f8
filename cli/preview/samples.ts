/** What every template is tried with on the bench: titles of all lengths and scripts, and posts that lack something. */
import type { Post, WarningCode } from '../../function/contract.ts';

export interface Sample {
  id: string;
  label: string;
  post: Post;
  /** The warning that it is there to provoke: no fault of a template. */
  provokes?: WarningCode;
}

const DESCRIPTION = 'What a card looks like when its post is not the one the template was drawn for.';

/** Exactly as long as their names say, and whole sentences, so that a cut is the template's doing. */
const TITLES = {
  1: 'E',
  3: 'Eve',
  60: 'Everything we learned while moving a busy site to new ground',
  160: 'Everything we learned while moving a busy site to new machines, the nights on which nobody slept, and the three small changes that made the most difference here',
  400: 'Everything we learned while moving a large site to new machines, the nights on which nobody slept, the graphs that we should have looked at earlier, the three small changes that made the most difference, the one that we took back, the questions that our readers asked us afterwards, and a few honest words about what we would leave alone if we had to begin again tomorrow with nothing but these notes',
};

/** A photograph's stand-in: light from one side, and something to be cropped. */
const COVER = `data:image/svg+xml;base64,${Buffer.from(
  '<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="630" viewBox="0 0 1200 630"><defs><linearGradient id="s" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#f6c98f"/><stop offset=".55" stop-color="#d9795d"/><stop offset="1" stop-color="#5b3a5e"/></linearGradient></defs><rect width="1200" height="630" fill="url(#s)"/><circle cx="840" cy="250" r="90" fill="#fff1d6"/><path d="M0 470 260 300 470 440 700 270 960 450 1200 330V630H0Z" fill="#3d2a4a"/><path d="M0 560 320 420 620 570 900 450 1200 560V630H0Z" fill="#241a33"/></svg>',
).toString('base64')}`;

function sample(id: string, label: string, title: string, more: Partial<Post> = {}): Sample {
  const post: Post = {
    slug: `sample-${id}`,
    title,
    description: DESCRIPTION,
    date: '2026-03-14',
    author: 'Ada Lovelace',
    tags: ['design', 'notes'],
    ...more,
  };
  return { id, label, post };
}

function without(field: 'description' | 'date', id: string, label: string): Sample {
  const { [field]: _left, ...post } = sample(id, label, 'A post that says less than others').post;
  return { id, label, post: { ...post, title: `A post without a ${field}` } };
}

/** In the order of the bench's columns. */
export const SAMPLES: readonly Sample[] = [
  sample('1', '1 character', TITLES[1]),
  sample('3', '3 characters', TITLES[3]),
  sample('60', '60 characters', TITLES[60]),
  sample('160', '160 characters', TITLES[160]),
  { ...sample('400', '400 characters', TITLES[400]), provokes: 'text_cut' },
  sample('ja', 'Japanese', '静的サイトのすべてのページに美しいカード画像を自動で用意する方法', {
    description: '一度だけ設定すれば、あとは記事を書くだけです。',
  }),
  sample('ar', 'Arabic', 'كيف تمنح كل صفحة في موقعك صورة جميلة عند مشاركتها', {
    description: 'إعداد واحد، ثم لا شيء سوى الكتابة.',
  }),
  sample('th', 'Thai', 'วิธีสร้างภาพการ์ดที่สวยงามให้ทุกหน้าของเว็บไซต์โดยอัตโนมัติ', {
    description: 'ตั้งค่าครั้งเดียว แล้วเขียนต่อได้เลย',
  }),
  sample('hi', 'Hindi', 'अपनी साइट के हर पन्ने को साझा करने के लिए एक सुंदर चित्र दें', {
    description: 'एक बार व्यवस्था करें, फिर केवल लिखें।',
  }),
  sample('code', 'Code in the title', 'Why Array<T>.map(async fn) && await break your `for…of` loop'),
  without('description', 'no-description', 'No description'),
  without('date', 'no-date', 'No date'),
  sample('cover', 'With a cover', 'A walk in the mountains, and what it has to do with caches', {
    image: COVER,
  }),
];
