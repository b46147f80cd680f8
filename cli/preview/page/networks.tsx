/// <reference lib="dom" />
/** The card as each network frames and crops it, in its light and its dark dress. */
import type { ComponentChildren } from 'preact';
import { cropText } from './crop.ts';

interface Link {
  title: string;
  description: string;
  host: string;
  site: string;
}

interface Network {
  id: string;
  name: string;
  /** Width / height of what it shows; null: the picture's own. */
  shape: number | null;
  note?: string;
  draw: (link: Link, picture: ComponentChildren, small: ComponentChildren) => ComponentChildren;
}

const WIDE = 1.91;

const Text = ({ of, children }: { of: string; children: ComponentChildren }) =>
  children === '' ? null : (
    <span class={of} dir="auto">
      {children}
    </span>
  );

const NETWORKS: readonly Network[] = [
  {
    id: 'x',
    name: 'X',
    shape: WIDE,
    draw: ({ title, host }, picture) => (
      <>
        <span class="box">
          {picture}
          <Text of="pill">{title}</Text>
        </span>
        <Text of="small">From {host}</Text>
      </>
    ),
  },
  {
    id: 'facebook',
    name: 'Facebook',
    shape: WIDE,
    draw: ({ title, description, host }, picture) => (
      <>
        {picture}
        <span class="body">
          <Text of="host">{host}</Text>
          <Text of="title">{title}</Text>
          <Text of="about">{description}</Text>
        </span>
      </>
    ),
  },
  {
    id: 'linkedin',
    name: 'LinkedIn',
    shape: WIDE,
    draw: ({ title, host }, picture) => (
      <>
        {picture}
        <span class="body">
          <Text of="title">{title}</Text>
          <Text of="host">{host}</Text>
        </span>
      </>
    ),
  },
  {
    id: 'slack',
    name: 'Slack',
    shape: null,
    draw: ({ title, description, site, host }, picture) => (
      <span class="body">
        <Text of="site">{site || host}</Text>
        <Text of="title">{title}</Text>
        <Text of="about">{description}</Text>
        {picture}
      </span>
    ),
  },
  {
    id: 'discord',
    name: 'Discord',
    shape: null,
    draw: ({ title, description, site, host }, picture) => (
      <span class="body">
        <Text of="site">{site || host}</Text>
        <Text of="title">{title}</Text>
        <Text of="about">{description}</Text>
        {picture}
      </span>
    ),
  },
  {
    id: 'whatsapp',
    name: 'WhatsApp',
    shape: WIDE,
    note: 'a square where it shows links small',
    draw: ({ title, description, host }, picture, small) =>
      [picture, small].map((shot, index) => (
        <span key={index} class="bubble">
          <span class={index === 0 ? 'quote' : 'quote small-shot'}>
            {shot}
            <span class="body">
              <Text of="title">{title}</Text>
              <Text of="about">{description}</Text>
              <Text of="host">{host}</Text>
            </span>
          </span>
          <span class="link">https://{host}/…</span>
        </span>
      )),
  },
  {
    id: 'bluesky',
    name: 'Bluesky',
    shape: WIDE,
    draw: ({ title, description, host }, picture) => (
      <>
        {picture}
        <span class="body">
          <Text of="title">{title}</Text>
          <Text of="about">{description}</Text>
          <Text of="host">{host}</Text>
        </span>
      </>
    ),
  },
  {
    id: 'mastodon',
    name: 'Mastodon',
    shape: WIDE,
    draw: ({ title, description, site, host }, picture) => (
      <>
        {picture}
        <span class="body">
          <Text of="host">{site || host}</Text>
          <Text of="title">{title}</Text>
          <Text of="about">{description}</Text>
        </span>
      </>
    ),
  },
  {
    id: 'telegram',
    name: 'Telegram',
    shape: null,
    draw: ({ title, description, site, host }, picture) => (
      <span class="bubble">
        <span class="link">https://{host}/…</span>
        <span class="quote">
          <Text of="site">{site || host}</Text>
          <Text of="title">{title}</Text>
          <Text of="about">{description}</Text>
          {picture}
        </span>
      </span>
    ),
  },
  {
    id: 'imessage',
    name: 'iMessage',
    shape: null,
    draw: ({ title, host }, picture) => (
      <span class="bubble">
        {picture}
        <span class="body">
          <Text of="title">{title}</Text>
          <Text of="host">{host}</Text>
        </span>
      </span>
    ),
  },
];

interface Props {
  link: Link;
  /** The picture's address; null: there is none yet. */
  url: string | null;
  /** Width / height. */
  ratio: number;
}

export function Networks({ link, url, ratio }: Props) {
  const pictureOf = (shape: number | null) => (
    <span class="shot" style={{ aspectRatio: String(shape ?? ratio) }}>
      {url !== null && <img src={url} alt="" />}
    </span>
  );
  return (
    <section class="networks" aria-labelledby="networks">
      <h2 id="networks">Where it is shared</h2>
      <div class="frames">
        {NETWORKS.map(({ id, name, shape, note, draw }) => (
          <figure key={id} class={`network ${id}`}>
            <figcaption>
              <b>{name}</b>{' '}
              <span>
                {cropText(ratio, shape)}
                {note !== undefined && `; ${note}`}
              </span>
            </figcaption>
            <div class="pair">
              {['light', 'dark'].map((dress) => (
                <div key={dress} class={`frame ${dress}`} role="img" aria-label={`${name}, ${dress}`}>
                  <div class="post">{draw(link, pictureOf(shape), pictureOf(1))}</div>
                </div>
              ))}
            </div>
          </figure>
        ))}
      </div>
    </section>
  );
}
