/// <reference lib="dom" />
/** All cards: as many rows as the window shows, however many posts there are. */
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { GridEntry } from '../api.ts';
import { CardPicture } from './picture.tsx';
import { hrefOf } from './route.ts';

const GAP = 24;
/** The least width of a card, px. */
const LEAST = 264;
/** Title and line below a picture, px. */
const CAPTION = 58;

interface Layout {
  columns: number;
  rowHeight: number;
  first: number;
  last: number;
}

/** Which rows of a list are in the window. Pure. */
function layoutOf(at: {
  width: number;
  /** Of the list, from the top of the window. */
  top: number;
  height: number;
  count: number;
  ratio: number;
}): Layout {
  const columns = Math.max(1, Math.floor((at.width + GAP) / (LEAST + GAP)));
  const cardWidth = (at.width - GAP * (columns - 1)) / columns;
  const rowHeight = Math.round(cardWidth / at.ratio) + CAPTION + GAP;
  const rows = Math.ceil(at.count / columns);
  const first = Math.min(Math.max(0, Math.floor(-at.top / rowHeight)), Math.max(0, rows - 1));
  const last = Math.min(rows - 1, Math.floor((at.height - at.top) / rowHeight));
  return { columns, rowHeight, first, last: Math.max(first, last) };
}

/** The window's place over the list, measured again at each scroll and each change of size. */
function useLayout(count: number, ratio: number) {
  const ref = useRef<HTMLUListElement>(null);
  const [layout, setLayout] = useState<Layout>({ columns: 1, rowHeight: 300, first: 0, last: -1 });
  useLayoutEffect(() => {
    const measure = (): void => {
      const list = ref.current;
      if (list === null) return;
      const { width, top } = list.getBoundingClientRect();
      const next = layoutOf({ width, top, height: innerHeight, count, ratio });
      setLayout((before) =>
        Object.entries(next).every(([name, value]) => before[name as keyof Layout] === value) ? before : next,
      );
    };
    measure();
    addEventListener('scroll', measure, { passive: true });
    const sizes = new ResizeObserver(measure);
    if (ref.current !== null) sizes.observe(ref.current);
    addEventListener('resize', measure);
    return () => {
      removeEventListener('scroll', measure);
      removeEventListener('resize', measure);
      sizes.disconnect();
    };
  }, [count, ratio]);
  return { ref, layout };
}

const STEPS: Readonly<Record<string, (columns: number) => number>> = {
  ArrowLeft: () => -1,
  ArrowRight: () => 1,
  ArrowUp: (columns) => -columns,
  ArrowDown: (columns) => columns,
  Home: () => -Infinity,
  End: () => Infinity,
};

interface Props {
  entries: readonly GridEntry[];
  ratio: number;
  /** The card that has, or had, the keyboard. */
  active: string | null;
  onActive: (id: string) => void;
}

export function Grid({ entries, ratio, active, onActive }: Props) {
  const { ref, layout } = useLayout(entries.length, ratio);
  const { columns, rowHeight, first, last } = layout;
  // Who comes back from a card finds the keyboard on it; who types in the search keeps it there.
  const [moved, setMoved] = useState(active !== null && document.activeElement?.matches('input') !== true);
  const at = Math.max(
    0,
    entries.findIndex(({ id }) => id === active),
  );

  /** Moves the keyboard to a card that may be far outside the window. */
  function move(event: KeyboardEvent): void {
    const step = STEPS[event.key]?.(columns);
    if (step === undefined || event.metaKey || event.ctrlKey || event.altKey) return;
    event.preventDefault();
    const next = entries[Math.min(entries.length - 1, Math.max(0, at + step))];
    if (next === undefined || (Math.abs(step) > 1 && at + step < 0 && step !== -Infinity)) return;
    setMoved(true);
    onActive(next.id);
  }

  useEffect(() => {
    if (!moved) return;
    const list = ref.current;
    if (list === null) return;
    const row = Math.floor(at / columns);
    const top = list.getBoundingClientRect().top + row * rowHeight;
    const head = document.querySelector('header')?.getBoundingClientRect().bottom ?? 0;
    if (top < head + GAP) scrollBy(0, top - head - GAP);
    else if (top + rowHeight > innerHeight) scrollBy(0, top + rowHeight - innerHeight);
  }, [active]);

  // Once its row is drawn.
  useEffect(() => {
    if (!moved) return;
    const card = ref.current?.querySelector<HTMLElement>('a[tabindex="0"]');
    if (card === null || card === undefined) return;
    card.focus({ preventScroll: true });
    setMoved(false);
  });

  const rows = Math.ceil(entries.length / columns);
  const shown = entries.slice(first * columns, (last + 1) * columns);
  const isActiveShown = at >= first * columns && at < (last + 1) * columns;
  return (
    <ul
      ref={ref}
      class="grid"
      onKeyDown={move}
      style={{ height: `${Math.max(0, rows * rowHeight - GAP)}px`, '--columns': String(columns) }}
    >
      {shown.map((entry, index) => {
        const place = first * columns + index;
        const row = Math.floor(place / columns);
        return (
          <li
            key={entry.id}
            aria-setsize={entries.length}
            aria-posinset={place + 1}
            style={{ top: `${row * rowHeight}px`, '--column': String(place % columns) }}
          >
            <Card
              entry={entry}
              ratio={ratio}
              isTabStop={isActiveShown ? place === at : index === 0}
              onFocus={() => onActive(entry.id)}
            />
          </li>
        );
      })}
    </ul>
  );
}

function Card(props: { entry: GridEntry; ratio: number; isTabStop: boolean; onFocus: () => void }) {
  const { entry, ratio, isTabStop, onFocus } = props;
  const { id, title, address, fingerprint, problem } = entry;
  return (
    <a class="card" href={hrefOf({ at: 'post', id })} tabIndex={isTabStop ? 0 : -1} onFocus={onFocus}>
      <CardPicture fingerprint={fingerprint} alt="" ratio={ratio} problem={problem} />
      <strong dir="auto">{title}</strong>
      <span class="line">
        <Badges entry={entry} />
        <span class="address">{address === '' ? id : address}</span>
      </span>
    </a>
  );
}

export function Badges({ entry: { status, warnings, problem } }: { entry: GridEntry }) {
  return (
    <>
      {problem !== null && <span class="badge problem">Problem</span>}
      {warnings !== null && warnings > 0 && (
        <span class="badge warning">{warnings === 1 ? '1 warning' : `${warnings} warnings`}</span>
      )}
      {(status === 'new' || status === 'changed') && <span class={`badge ${status}`}>{status}</span>}
    </>
  );
}
