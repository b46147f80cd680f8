/// <reference lib="dom" />
/** What a picture is and what it was made of. */
import type { ComponentChildren } from 'preact';
import type { Details, GridEntry } from '../api.ts';
import { Badges } from './grid.tsx';

const number = new Intl.NumberFormat('en');

function Fact({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function shownValue(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value, null, 1);
}

function personOf(author: Details['post']['author']): string | undefined {
  return typeof author === 'object' ? author.name : author;
}

interface Props {
  details: Details;
  entry: GridEntry | null;
  /** Null: a sample, which no store has. */
  storeKey: string | null;
  /** Of the picture, px. */
  size: { width: number; height: number };
}

const STATUSES: Readonly<Record<GridEntry['status'], string>> = {
  new: 'Not in the store yet',
  changed: 'Differs from the store',
  stored: 'Stored as it is',
  unknown: 'The store could not be read',
};

export function FactsList({ details, entry, storeKey, size: { width, height } }: Props) {
  const { post, format, bytes, maxBytes, quality, renderMs, fingerprint, template } = details;
  const { title, description, date, author, tags, data, slug } = post;
  return (
    <aside class="facts" aria-label="About this card">
      {entry !== null && (
        <p class="badges">
          <Badges entry={entry} />
        </p>
      )}
      <dl>
        {entry !== null && (
          <>
            <Fact name="Address">
              <code>{entry.address}</code>
            </Fact>
            <Fact name="File">
              <code>{entry.id}</code>
            </Fact>
            <Fact name="Store">
              {STATUSES[entry.status]}
              <code>{storeKey}</code>
            </Fact>
          </>
        )}
        <Fact name="Template">{template}</Fact>
        {entry !== null && <Fact name="Language">{entry.lang}</Fact>}
        <Fact name="Picture">
          {width} × {height} {format.toUpperCase()}
          {format === 'jpeg' && `, quality ${quality}`}
        </Fact>
        <Fact name="Bytes">
          {number.format(bytes)} of {number.format(maxBytes)}
          <meter min={0} max={maxBytes} high={maxBytes} value={bytes} aria-label="Bytes of what is allowed" />
        </Fact>
        <Fact name="Drawn in">{number.format(renderMs)} ms</Fact>
        <Fact name="Fingerprint">
          <code title={fingerprint}>{fingerprint}</code>
        </Fact>
      </dl>
      <h2>Data</h2>
      <dl>
        {Object.entries({
          title,
          description,
          date,
          author: personOf(author),
          tags: tags?.join(', '),
          slug,
          ...data,
        }).map(([name, value]) =>
          value === undefined || value === '' ? null : (
            <Fact key={name} name={name}>
              <span dir="auto">{shownValue(value)}</span>
            </Fact>
          ),
        )}
      </dl>
    </aside>
  );
}
