/// <reference lib="dom" />
/** The head of the page: where one is, what is searched, what is filtered. */
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { GridEntry, State } from '../api.ts';
import { shows } from './filter.ts';
import type { Show, Filter } from './filter.ts';
import { hrefOf } from './route.ts';
import type { Route } from './route.ts';

const CHOICES: readonly [Show, string][] = [
  ['all', 'All'],
  ['new', 'New'],
  ['changed', 'Changed'],
  ['warning', 'Warnings'],
  ['problem', 'Problems'],
];

export function PageHeader({ state, route, connected }: { state: State; route: Route; connected: boolean }) {
  const isBench = route.at === 'bench' || route.at === 'sample';
  return (
    <div class="head">
      <p class="name">
        <b>og-sync</b> <span>{state.site.name === '' ? 'preview' : state.site.name}</span>
      </p>
      <nav aria-label="Views">
        <a href={hrefOf({ at: 'posts' })} aria-current={isBench ? undefined : 'page'}>
          Posts
        </a>
        <a href={hrefOf({ at: 'bench' })} aria-current={isBench ? 'page' : undefined}>
          Templates
        </a>
      </nav>
      <span class={connected ? 'live' : 'live off'} role="status">
        {connected ? 'Live' : 'Disconnected'}
      </span>
    </div>
  );
}

interface Props {
  entries: readonly GridEntry[];
  wanted: Filter;
  onWant: (wanted: Filter) => void;
  templates: readonly string[];
  progress: { done: number; all: number } | null;
  /** How many cards are shown. */
  found: number;
}

/** Values that occur, in order. */
function valuesOf(entries: readonly GridEntry[], of: (entry: GridEntry) => string): string[] {
  return [...new Set(entries.map(of))].filter((value) => value !== '').sort();
}

export function Toolbar({ entries, wanted, onWant, templates, progress, found }: Props) {
  const search = useRef<HTMLInputElement>(null);
  // Before the view is painted: a key that is pressed at first sight is heard.
  useLayoutEffect(() => {
    const hear = (event: KeyboardEvent): void => {
      const inField = event.target instanceof Element && event.target.matches('input, select, textarea');
      if (event.key !== '/' || inField || event.metaKey || event.ctrlKey || event.altKey) return;
      event.preventDefault();
      search.current?.focus();
      search.current?.select();
    };
    addEventListener('keydown', hear);
    return () => removeEventListener('keydown', hear);
  }, []);

  function onSearchKey(event: KeyboardEvent): void {
    if (event.key === 'Escape') {
      onWant({ ...wanted, text: '' });
      search.current?.blur();
    } else if (event.key === 'ArrowDown' || event.key === 'Enter') {
      event.preventDefault();
      document.querySelector<HTMLElement>('.grid a')?.focus();
    }
  }

  const languages = valuesOf(entries, ({ lang }) => lang);
  const unseen = entries.filter(({ warnings, fingerprint }) => warnings === null && fingerprint !== null);
  return (
    <div class="toolbar" role="search">
      <label class="search">
        <span class="hidden">Search posts</span>
        <input
          ref={search}
          type="search"
          placeholder="Search titles, addresses, files"
          value={wanted.text}
          onInput={({ currentTarget }) => onWant({ ...wanted, text: currentTarget.value })}
          onKeyDown={onSearchKey}
        />
        <kbd aria-hidden="true">/</kbd>
      </label>
      <fieldset class="choices">
        <legend class="hidden">Show</legend>
        {CHOICES.map(([show, label]) => (
          <button
            key={show}
            type="button"
            aria-pressed={wanted.show === show}
            onClick={() => onWant({ ...wanted, show })}
          >
            {label}{' '}
            <span class="count">
              {entries.filter((entry) => shows(entry, show)).length.toLocaleString('en')}
            </span>
          </button>
        ))}
      </fieldset>
      <Choice
        label="Template"
        all="All templates"
        value={wanted.template}
        values={templates}
        onChange={(template) => onWant({ ...wanted, template })}
      />
      {languages.length > 1 && (
        <Choice
          label="Language"
          all="All languages"
          value={wanted.lang}
          values={languages}
          onChange={(lang) => onWant({ ...wanted, lang })}
        />
      )}
      <span class="rest">
        <span class="hidden" role="status">
          {found === 1 ? '1 card' : `${found} cards`}
        </span>
        {progress !== null ? (
          <progress value={progress.done} max={progress.all} aria-label="Cards drawn" />
        ) : (
          unseen.length > 0 && (
            <button
              type="button"
              class="quiet"
              title="Warnings are known of cards that were drawn."
              onClick={() => void fetch('/draw-all', { method: 'POST' })}
            >
              Check {unseen.length.toLocaleString('en')} not drawn yet
            </button>
          )
        )}
      </span>
    </div>
  );
}

interface ChoiceProps {
  label: string;
  all: string;
  value: string;
  values: readonly string[];
  onChange: (value: string) => void;
}

function Choice({ label, all, value, values, onChange }: ChoiceProps) {
  return (
    <label class="choice">
      <span class="hidden">{label}</span>
      <select value={value} onChange={({ currentTarget }) => onChange(currentTarget.value)}>
        <option value="">{all}</option>
        {values.map((one) => (
          <option key={one} value={one}>
            {one}
          </option>
        ))}
      </select>
    </label>
  );
}
