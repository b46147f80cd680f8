/// <reference lib="dom" />
/** One card large: its picture with what is wrong marked on it, what it was made of, and where it is shared. */
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Details, GridEntry, State } from '../api.ts';
import { FactsList } from './facts.tsx';
import { getJson } from './live.ts';
import { Marks } from './marks.tsx';
import { Networks } from './networks.tsx';
import { TroubleNote } from './picture.tsx';
import { usePicture } from './pictures.ts';
import { ShotChoice } from './shots.tsx';

/** What is known of a picture once it is drawn. */
function useDetails(fingerprint: string | null): Details | null {
  const [details, setDetails] = useState<Details | null>(null);
  useEffect(() => {
    if (fingerprint === null) return undefined;
    const leave = new AbortController();
    getJson<Details>(`/details/${fingerprint}`, leave.signal)
      .then((known) => setDetails(known))
      .catch(() => undefined);
    return () => leave.abort();
  }, [fingerprint]);
  return details;
}

interface Props {
  state: State;
  title: string;
  fingerprint: string | null;
  /** The post behind it; null: a sample of the bench. */
  entry: GridEntry | null;
  /** `3 of 2,000` */
  position: string;
  onClose: () => void;
  /** Undefined: there is none. */
  onPrevious: (() => void) | undefined;
  onNext: (() => void) | undefined;
}

export function Large(props: Props) {
  const { state, title, fingerprint, entry, position, onClose, onPrevious, onNext } = props;
  const heading = useRef<HTMLHeadingElement>(null);
  const shots = entry?.shots ?? [];
  const [chosen, choose] = useState(0);
  const shot = shots[chosen] ?? shots[0] ?? { fingerprint, key: null, ...state.output };
  // Networks show the first of several.
  const first = usePicture(fingerprint, true);
  const shown = usePicture(shot.fingerprint, true);
  const details = useDetails(shown.of);
  const [marked, setMarked] = useState<number | null>(null);
  const { width, height } = shot;

  useEffect(() => choose(0), [entry?.id]);
  useEffect(() => heading.current?.focus({ preventScroll: true }), [entry?.id, title]);
  // Before the view is painted: a key that is pressed at first sight is heard.
  useLayoutEffect(() => {
    const hear = (event: KeyboardEvent): void => {
      if (event.metaKey || event.ctrlKey || event.altKey) return;
      if (event.target instanceof Element && event.target.matches('input, select')) return;
      const action = { Escape: onClose, ArrowLeft: onPrevious, ArrowRight: onNext }[event.key];
      if (action === undefined) return;
      event.preventDefault();
      action();
    };
    addEventListener('keydown', hear);
    return () => removeEventListener('keydown', hear);
  });

  const trouble = entry?.problem ?? shown.trouble;
  const warnings = details?.warnings ?? [];
  const description = details?.post.description ?? '';
  return (
    <article class="large">
      <div class="bar">
        <button type="button" class="quiet" onClick={onClose}>
          ← Back <kbd aria-hidden="true">Esc</kbd>
        </button>
        <span class="position">{position}</span>
        <button type="button" class="quiet" disabled={onPrevious === undefined} onClick={onPrevious}>
          <span aria-hidden="true">‹</span> <span class="hidden">Previous</span>
        </button>
        <button type="button" class="quiet" disabled={onNext === undefined} onClick={onNext}>
          <span class="hidden">Next</span> <span aria-hidden="true">›</span>
        </button>
      </div>
      <h1 ref={heading} tabIndex={-1} dir="auto">
        {title}
      </h1>
      <div class="columns">
        <div class="stage">
          {shots.length > 1 && (
            <ShotChoice shots={shots} chosen={chosen < shots.length ? chosen : 0} onChoose={choose} />
          )}
          <div
            class={`picture${trouble === null ? '' : ' wrong'}`}
            style={{ aspectRatio: String(width / height) }}
            data-shown={shown.of ?? undefined}
          >
            {shown.url !== null && <img src={shown.url} alt={`The card of ${title}`} />}
            {trouble === null && <Marks warnings={warnings} width={width} height={height} active={marked} />}
            {trouble !== null && <TroubleNote trouble={trouble} />}
          </div>
          {warnings.length > 0 && (
            <ol class="warnings" aria-label="Warnings">
              {warnings.map(({ code, message }, index) => (
                <li
                  key={`${code} ${message}`}
                  onMouseEnter={() => setMarked(index)}
                  onMouseLeave={() => setMarked(null)}
                >
                  <b>{index + 1}</b> {message}
                </li>
              ))}
            </ol>
          )}
        </div>
        {details !== null && <FactsList details={details} entry={entry} storeKey={shot.key} size={shot} />}
      </div>
      <Networks
        link={{ title, description, host: state.site.host, site: state.site.name }}
        url={first.url}
        ratio={state.output.width / state.output.height}
      />
    </article>
  );
}
