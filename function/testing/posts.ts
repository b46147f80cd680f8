/** Posts that show what a template must bear: every script, every length, every field missing. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Post, Site } from '../contract.ts';

function svg(text: string): string {
  return `data:image/svg+xml;base64,${Buffer.from(text).toString('base64')}`;
}

const LOGO = svg(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40"><circle cx="20" cy="20" r="18" fill="#f5b942"/><path d="M11 26 20 10l9 16z" fill="#1d2433"/></svg>',
);
const AVATAR = svg(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 80 80"><rect width="80" height="80" fill="#c9d6cf"/><circle cx="40" cy="32" r="15" fill="#34433c"/><path d="M10 80c0-22 14-30 30-30s30 8 30 30z" fill="#34433c"/></svg>',
);
/** A landscape, 1000×525 px. */
const PHOTO = `data:image/jpeg;base64,${readFileSync(join(import.meta.dirname, 'photo.jpg'), 'base64')}`;

export const SITE: Site = { name: 'Field Notes', url: 'https://fieldnotes.example', logo: LOGO };

const POST: Post = {
  slug: 'notes/queues',
  title: 'The quiet art of making slow things fast',
  description:
    'What a year of measuring every request taught a small team about queues, caches and patience.',
  date: '2026-03-05',
  author: { name: 'Mira Okonkwo', avatar: AVATAR },
  tags: ['Engineering', 'Performance'],
};

/** One for each thing that every template must bear. */
export const POSTS = {
  short: { ...POST, title: 'Why' },
  long: {
    ...POST,
    title:
      'Everything we learned while moving four hundred million rows out of a database nobody understood, without a single minute of downtime and with only two engineers',
  },
  japanese: {
    ...POST,
    title: '小さなチームでも続けられるテスト自動化のすすめ',
    description: '毎日のリリースを支えるために、私たちが選んだ道具と、やめたこと。',
    author: '佐藤 美咲',
    tags: ['テスト', '設計'],
  },
  arabic: {
    ...POST,
    title: 'كيف تبني نظامًا سريعًا دون أن تفقد صوابك',
    description: 'دروس من عام كامل في قياس كل طلب يمر عبر الخادم.',
    author: { name: 'ليلى حداد', avatar: AVATAR },
    tags: ['هندسة', 'أداء'],
  },
  emoji: { ...POST, title: 'Shipping on Friday 🚀 and sleeping well 😴 (1️⃣ of 3️⃣)' },
  bare: { slug: 'hello', title: 'A post with nothing but a title' },
  cover: { ...POST, title: 'Three nights above the tree line', image: PHOTO, tags: ['Travel'] },
} satisfies Record<string, Post>;

/** Scripts beyond those above, each in a language written in it. */
export const SCRIPTS = {
  cyrillic: { ...POST, title: 'Тихое искусство ускорять медленные вещи' },
  greek: { ...POST, title: 'Η ήσυχη τέχνη της ταχύτητας' },
  vietnamese: { ...POST, title: 'Nghệ thuật thầm lặng: Čeština, żółć, ığüşöç' },
  hebrew: { ...POST, title: 'בדיקות אוטומטיות לצוותים קטנים' },
  devanagari: { ...POST, title: 'छोटी टीम के लिए परीक्षण स्वचालन' },
  thai: { ...POST, title: 'การทดสอบอัตโนมัติสำหรับทีมเล็ก' },
  korean: { ...POST, title: '작은 팀에서도 계속할 수 있는 테스트 자동화' },
  simplified: { ...POST, title: '骨直令与门：小团队也能坚持的测试', data: { lang: 'zh-Hans' } },
  traditional: { ...POST, title: '骨直令與門：小團隊也能堅持的測試', data: { lang: 'zh-Hant' } },
  symbols: { ...POST, title: 'a → b ⇒ c ≠ ∞, ✓ ✗ ★ ⌘K, x² + H₂O, ½ ⅓ ∀∃∑' },
} satisfies Record<string, Post>;
