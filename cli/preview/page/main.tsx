/// <reference lib="dom" />
/** The page of `og-sync preview`. */
import { render } from 'preact';
import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Bench as Matrix, GridEntry, State } from '../api.ts';
import { BenchView, useBench } from './bench.tsx';
import { ANY, filter, withOutcomes } from './filter.ts';
import type { Filter } from './filter.ts';
import { Grid } from './grid.tsx';
import { Large } from './large.tsx';
import { useLive } from './live.ts';
import type { Live } from './live.ts';
import { TroubleNote } from './picture.tsx';
import { go, useRoute } from './route.ts';
import type { Route } from './route.ts';
import { PageHeader, Toolbar } from './toolbar.tsx';

function App() {
  const live = useLive();
  const route = useRoute();
  const { state } = live;
  const bench = useBench(state, route.at === 'bench' || route.at === 'sample');
  if (state === null)
    return (
      <main class="loading">
        <h1 class="hidden">og-sync preview</h1>
        <p role="status">{live.connected ? 'Reading posts …' : 'The preview has ended.'}</p>
      </main>
    );
  return <Loaded live={live} state={state} route={route} bench={bench} />;
}

function Loaded(props: { live: Live; state: State; route: Route; bench: Matrix | null }) {
  const { live, state, route, bench } = props;
  const [wanted, setWanted] = useState<Filter>(ANY);
  const [active, setActive] = useState<string | null>(null);
  const entries = useMemo(() => withOutcomes(state.entries, live.outcomes), [state.entries, live.outcomes]);
  const found = useMemo(() => filter(entries, wanted), [entries, wanted]);
  useScrollKept(route);
  const ratio = state.output.width / state.output.height;
  return (
    <>
      <header>
        <PageHeader state={state} route={route} connected={live.connected} />
        {route.at === 'posts' && (
          <Toolbar
            entries={entries}
            wanted={wanted}
            onWant={setWanted}
            templates={state.templates}
            progress={live.progress}
            found={found.length}
          />
        )}
      </header>
      {state.trouble !== null && (
        <div class="banner">
          <TroubleNote trouble={state.trouble} />
        </div>
      )}
      {state.notices.map((notice) => (
        <p key={notice} class="notice" role="status">
          {notice}
        </p>
      ))}
      <main>
        {route.at === 'posts' && (
          <>
            <h1 class="hidden">Cards</h1>
            {found.length === 0 ? (
              <p class="none">No card is like that.</p>
            ) : (
              <Grid entries={found} ratio={ratio} active={active} onActive={setActive} />
            )}
          </>
        )}
        {route.at === 'post' && <Post id={route.id} {...{ entries, found, state }} onActive={setActive} />}
        {route.at === 'bench' && bench !== null && <BenchView bench={bench} ratio={ratio} />}
        {route.at === 'sample' && bench !== null && <Sample {...{ route, bench, state }} />}
      </main>
    </>
  );
}

/** Each view begins at its top, and the grid where it was left. */
function useScrollKept(route: Route): void {
  const places = useRef(new Map<string, number>());
  const before = useRef(route.at);
  useLayoutEffect(() => {
    const remember = (): void => void places.current.set(before.current, scrollY);
    addEventListener('scroll', remember, { passive: true });
    return () => removeEventListener('scroll', remember);
  }, []);
  useLayoutEffect(() => {
    before.current = route.at;
    const isList = route.at === 'posts' || route.at === 'bench';
    scrollTo(0, isList ? (places.current.get(route.at) ?? 0) : 0);
  }, [route]);
}

interface PostProps {
  id: string;
  entries: readonly GridEntry[];
  found: readonly GridEntry[];
  state: State;
  onActive: (id: string) => void;
}

function Post({ id, entries, found, state, onActive }: PostProps) {
  const entry = entries.find((one) => one.id === id);
  const list = found.some((one) => one.id === id) ? found : entries;
  const at = list.findIndex((one) => one.id === id);
  if (entry === undefined) return <p class="none">There is no post in {id} now.</p>;
  const to = (next: GridEntry | undefined) =>
    next === undefined
      ? undefined
      : () => {
          onActive(next.id);
          go({ at: 'post', id: next.id });
        };
  return (
    <Large
      state={state}
      title={entry.title}
      fingerprint={entry.fingerprint}
      entry={entry}
      position={`${(at + 1).toLocaleString('en')} of ${list.length.toLocaleString('en')}`}
      onClose={() => {
        onActive(id);
        go({ at: 'posts' });
      }}
      onPrevious={to(list[at - 1])}
      onNext={to(list[at + 1])}
    />
  );
}

interface SampleProps {
  route: Extract<Route, { at: 'sample' }>;
  bench: Matrix;
  state: State;
}

function Sample({ route, bench, state }: SampleProps) {
  const { template } = route;
  const at = bench.samples.findIndex(({ id }) => id === route.sample);
  const sample = bench.samples[at];
  const row = bench.rows.find((one) => one.template === template);
  if (sample === undefined || row === undefined) return <p class="none">There is no such sample now.</p>;
  const to = (index: number) => {
    const next = bench.samples[index];
    return next === undefined ? undefined : () => go({ at: 'sample', template, sample: next.id });
  };
  return (
    <Large
      state={state}
      title={`${template}: ${sample.label}`}
      fingerprint={row.fingerprints[at] ?? null}
      entry={null}
      position={`${at + 1} of ${bench.samples.length}`}
      onClose={() => go({ at: 'bench' })}
      onPrevious={to(at - 1)}
      onNext={to(at + 1)}
    />
  );
}

const root = document.querySelector('#app');
if (root !== null) render(<App />, root);
