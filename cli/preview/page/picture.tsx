/// <reference lib="dom" />
/** One card's picture: drawn when it is seen, the last good one under what went wrong. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { ComponentChildren } from 'preact';
import type { PreviewTrouble } from '../api.ts';
import { usePicture } from './pictures.ts';

/** `path:line`, as an editor opens it. */
function placeOf({ file, line }: PreviewTrouble): string | null {
  if (file === null) return null;
  return line === null ? file : `${file}:${line}`;
}

export function TroubleNote({ trouble }: { trouble: PreviewTrouble }) {
  const place = placeOf(trouble);
  return (
    <div class="trouble" role="status">
      {place !== null && <code>{place}</code>}
      <p>{trouble.message}</p>
      {trouble.hint !== '' && <p class="hint">{trouble.hint}</p>}
    </div>
  );
}

interface Props {
  fingerprint: string | null;
  alt: string;
  /** width / height */
  ratio: number;
  /** What is wrong with its post, beside what is wrong with its picture. */
  problem?: PreviewTrouble | null;
  /** Drawn over the picture. */
  children?: ComponentChildren;
}

/** Whether an element is on the screen. */
function useSeen() {
  const ref = useRef<HTMLDivElement>(null);
  const [isSeen, setSeen] = useState(false);
  useEffect(() => {
    const element = ref.current;
    if (element === null) return undefined;
    const observer = new IntersectionObserver((entries) => setSeen(entries.at(-1)?.isIntersecting === true));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return { ref, isSeen };
}

export function CardPicture({ fingerprint, alt, ratio, problem = null, children }: Props) {
  const { ref, isSeen } = useSeen();
  const { url, of, trouble } = usePicture(fingerprint, isSeen);
  const wrong = problem ?? trouble;
  const isWaiting = fingerprint !== null && of !== fingerprint && wrong === null;
  return (
    <div
      ref={ref}
      class={`picture${isWaiting ? ' waiting' : ''}${wrong === null ? '' : ' wrong'}`}
      style={{ aspectRatio: String(ratio) }}
      data-shown={of ?? undefined}
    >
      {url !== null && <img src={url} alt={alt} />}
      {children}
      {wrong !== null && <TroubleNote trouble={wrong} />}
    </div>
  );
}
