/** Sixty titles as people write them, in Markdown, each there for something that type has to get right. */
import { POSTS, SITE } from '../../function/testing/posts.ts';
import type { Post } from '../../function/contract.ts';
import { inlineFields, readInline } from '../scan/markdown/text.ts';

interface Entry {
  title: string;
  lang: string;
  /** Parts that no line may end inside of. */
  whole?: string[];
  description?: string;
}

const EN =
  'How a team of three measured every request for a year, threw away most of what it had believed, and found that patience is a feature too.';
const LONGEST =
  'Everything that we learned while moving four hundred million rows out of a database that nobody understood, with two engineers and not a minute of downtime: log';

/** `w`: parts that stay whole. */
function e(lang: string, title: string, w: string[] = [], description?: string): Entry {
  return { lang, title, whole: w, ...(description !== undefined && { description }) };
}

const ENTRIES: readonly Entry[] = [
  e('en', 'What `useMemo` really costs in a large list', ['useMemo'], EN),
  e('en', 'From callbacks -> promises -> `await`', ['->', 'await']),
  e('en', 'Faster builds with --watch and --no-cache', ['--watch', '--no-cache'], EN),
  e('en', 'Ten years of C++ and C#, and what stayed', ['C++', 'C#']),
  e('en', 'Harbour 1.64.0-rc.2: streams without tears', ['1.64.0-rc.2']),
  e('en', 'A state-of-the-art pre-release, by e-mail', ['state-of-the-art', 'pre-release', 'e-mail']),
  e('en', 'CVE-2024-3094 and the week after', ['CVE-2024-3094'], EN),
  e('en', 'From 2024-01-02 to March 5: a postmortem', ['2024-01-02', 'March 5']),
  e('en', 'How 100 000 km of fibre carry 5 % of it all', ['100 000 km', '5 %']),
  e('en', '10 GB in 250 ms on a $5 server', ['10 GB', '250 ms', '$5'], EN),
  e('en', 'See https://docs.example.org/guides/typography/line-breaking?part=2&lang=en'),
  e('en', '“Nobody reads the manual,” she said'),
  e('en', '(Almost) everything is a file', ['(Almost)']),
  e('en', 'Slow food — fast queries: notes from Bologna', [], EN),
  e('en', 'R&amp;D at AT&amp;T: the lost memos', ['R&D', 'AT&T']),
  e('en', 'Why *small* is **not** simple'),
  e('en', 'Shipping on a Friday 🚀 and sleeping well 😴'),
  e('en', 'Pens ✏︎, letters ✉︎ and a warm sun ☀️'),
  e('en', 'What do we owe to the people we lead if it is so'),
  e('en', 'And then everything stopped…'),
  e('en', 'Q'),
  e('en', LONGEST),
  e('en', 'Maps that J. R. R. Tolkien and Dr. Jones drew', ['J. R. R. Tolkien', 'Dr. Jones']),
  e('en', 'Why __DEV__ and snake_case_names survive', ['__DEV__', 'snake_case_names'], EN),
  e('en', '2 * 3 * 4 < 5 and other ways to be wrong', ['2 * 3 * 4']),
  e('en', 'TCP/IP, HTTP/3 and the cost of a hand\u00adshake', ['TCP/IP', 'HTTP/3']),
  e('de', 'Donaudampfschifffahrtsgesellschaftskapitän gesucht'),
  e(
    'de',
    'Was z. B. am 5. März nach § 5 gilt',
    ['z. B.', '5. März', '§ 5'],
    'Ein Überblick für alle, die ihre Fristen bisher in einer Tabelle gehalten haben, und warum das bis zum Frühjahr nicht mehr genügt.',
  ),
  e('de', '„Einfach“ ist das Gegenteil von leicht'),
  e('fi', 'Lentokonesuihkuturbiinimoottori ja muita sanoja'),
  e(
    'fi',
    'Verkkopalvelun saavutettavuusvaatimukset pähkinänkuoressa',
    [],
    'Mitä pieni tiimi oppi vuodessa, kun jokainen sivu piti saada luettavaksi näppäimistöllä, ruudunlukijalla ja hitaalla yhteydellä.',
  ),
  e('hu', 'Megszentségteleníthetetlenségeskedéseitekért'),
  e('hu', 'Hogyan mérjük a teljesítményt? Tíz egyszerű szabály'),
  e(
    'fr',
    'Pourquoi mesurer ? « Pour savoir », dit-elle',
    ['mesurer ?', '« Pour'],
    'Un an de mesures, dix mille requêtes par seconde et une question : que reste-t-il quand on enlève tout ce qui ne sert à rien ?',
  ),
  e('fr', 'Le 5 mars, au XXe siècle : 10 000 km à vélo', ['5 mars', 'XXe siècle', '10 000 km']),
  e('es', '¿Qué pasó el 5 de mayo? ¡Un 20 % más!', ['5 de mayo', '20 %']),
  e('pt', 'Não é só código: lições de um ano de plantão'),
  e('it', 'L’arte di rendere veloce ciò che è lento'),
  e('nl', 'Arbeidsongeschiktheidsverzekering voor zzp’ers'),
  e('sv', 'Så bygger du en blogg på en eftermiddag'),
  e('pl', 'O psie, który mieszkał w domu z ogrodem', ['w domu', 'z ogrodem']),
  e('cs', 'Jak jsme šli k řece s kamarády v Praze', ['k řece', 's kamarády', 'v Praze']),
  e('tr', 'Işığın izinde: İstanbul’da bir yıl'),
  e('vi', 'Nghệ thuật thầm lặng của việc làm chậm'),
  e(
    'el',
    'Η ήσυχη τέχνη της ταχύτητας',
    [],
    'Τι έμαθε μια μικρή ομάδα μετρώντας κάθε αίτημα για έναν ολόκληρο χρόνο, και γιατί η υπομονή είναι κι αυτή χαρακτηριστικό.',
  ),
  e('ru', 'Как мы в городе жили — и не тужили', ['в городе', 'жили —']),
  e('uk', 'Тиха мудрість повільних систем'),
  e(
    'ja',
    'データベースの移行を無停止で終わらせるまでに学んだこと',
    [],
    '毎日のリリースを支えるために、私たちが選んだ道具と、やめたこと。そして、その理由を一年分の計測とともにまとめました。',
  ),
  e('ja', 'ビルド時間を半分に減らす方法（後編）'),
  e('ja', '「動く」と「正しい」のあいだ：`Promise` 再入門', ['Promise']),
  e(
    'zh-Hans',
    '为什么我们把构建时间缩短了一半',
    [],
    '一个只有三名工程师的小团队，用一年时间测量了每一个请求，最终删掉了大部分缓存，并且学会了耐心。',
  ),
  e('zh-Hant', '從零開始：用十分鐘搭建自己的部落格'),
  e(
    'ko',
    '작은 팀에서도 계속할 수 있는 테스트 자동화',
    [],
    '매일 배포하는 작은 팀이 일 년 동안 모든 요청을 측정하면서 버린 것과 끝까지 지킨 것, 그리고 그 이유를 정리했습니다.',
  ),
  e('th', 'ศิลปะของการทำให้ระบบช้าเร็วขึ้น'),
  e(
    'hi',
    'छोटी टीम के लिए परीक्षण स्वचालन',
    [],
    'एक छोटी टीम ने पूरे साल हर अनुरोध को मापा, अधिकतर कैश हटा दिए, और यह सीखा कि धैर्य भी एक सुविधा है।',
  ),
  e(
    'ar',
    'كيف تبني `cache` سريعًا باستخدام Redis 7.2',
    ['cache', '7.2'],
    'دروس من عام كامل في قياس كل طلب يمر عبر الخادم، وكيف تخلّص فريق صغير من معظم طبقات التخزين المؤقت دون أن يبطئ.',
  ),
  e('ar', 'هل الصبر ميزة؟ «نعم»، قالت'),
  e('he', 'איך `git rebase` עובד באמת ב-Linux', ['git rebase']),
  e('he', 'בדיקות אוטומטיות לצוותים קטנים: מדריך קצר'),
  e('en', 'Notes on ½, x² + H₂O, a ≠ b and ⌘K'),
];

function postOf({ lang, title, description }: Entry, at: number): Post {
  const { author, image } = POSTS.cover;
  return {
    slug: `gallery/${at}`,
    lang,
    ...(inlineFields(readInline(title, 'markdown'), null) as { title: string }),
    ...(description !== undefined && { description, date: '2026-03-05', author, tags: ['Notes'] }),
    ...(at % 10 === 9 && { image }),
  };
}

export const GALLERY = ENTRIES.map((entry, at) => ({ whole: entry.whole ?? [], post: postOf(entry, at) }));
export const GALLERY_SITE = SITE;
