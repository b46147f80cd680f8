/// <reference lib="dom" />
/** The template bench: each template beside the others, with titles of all lengths and scripts. */
import { useEffect, useState } from 'preact/hooks';
import type { Bench as Matrix, State } from '../api.ts';
import { getJson } from './live.ts';
import { CardPicture } from './picture.tsx';
import { hrefOf } from './route.ts';

/** The matrix of templates and samples, read again with each state. */
export function useBench(state: State | null, isWanted: boolean): Matrix | null {
  const [bench, setBench] = useState<Matrix | null>(null);
  useEffect(() => {
    if (state === null || !isWanted) return undefined;
    const leave = new AbortController();
    getJson<Matrix>('/bench', leave.signal)
      .then((matrix) => setBench(matrix))
      .catch(() => undefined);
    return () => leave.abort();
  }, [state, isWanted]);
  return bench;
}

export function BenchView({ bench, ratio }: { bench: Matrix; ratio: number }) {
  const [only, setOnly] = useState('');
  const rows = bench.rows.filter(({ template }) => only === '' || only === template);
  return (
    <section class="bench" aria-labelledby="bench">
      <div class="intro">
        <h1 id="bench">Template bench</h1>
        <p>Every template with the titles that break templates. Save a template and watch it change.</p>
        <label class="choice">
          <span class="hidden">Template</span>
          <select value={only} onChange={({ currentTarget }) => setOnly(currentTarget.value)}>
            <option value="">All templates</option>
            {bench.rows.map(({ template }) => (
              <option key={template} value={template}>
                {template}
              </option>
            ))}
          </select>
        </label>
      </div>
      {only === '' ? (
        <div class="matrix" role="region" aria-label="Templates and samples" tabIndex={0}>
          <table>
            <thead>
              <tr>
                <td />
                {rows.map(({ template }) => (
                  <th key={template} scope="col">
                    {template}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {bench.samples.map(({ id, label }, index) => (
                <tr key={id}>
                  <th scope="row">{label}</th>
                  {rows.map(({ template, fingerprints }) => (
                    <td key={template}>
                      <Cell {...{ template, id, label, ratio }} fingerprint={fingerprints[index] ?? null} />
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ) : (
        <ul class="samples">
          {rows.flatMap(({ template, fingerprints }) =>
            bench.samples.map(({ id, label }, index) => (
              <li key={id}>
                <Cell {...{ template, id, label, ratio }} fingerprint={fingerprints[index] ?? null} />
                <span aria-hidden="true">{label}</span>
              </li>
            )),
          )}
        </ul>
      )}
    </section>
  );
}

interface CellProps {
  template: string;
  id: string;
  label: string;
  ratio: number;
  fingerprint: string | null;
}

function Cell({ template, id, label, ratio, fingerprint }: CellProps) {
  return (
    <a href={hrefOf({ at: 'sample', template, sample: id })} aria-label={`${template}: ${label}`}>
      <CardPicture fingerprint={fingerprint} alt="" ratio={ratio} />
    </a>
  );
}
