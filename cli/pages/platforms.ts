/** What each network takes, as it says or as was seen. Sizes in bytes and px; a limit that nobody knows is left out. */
export interface Platform {
  name: string;
  /** Formats that it shows for certain. */
  formats: readonly string[];
  /** Of the image. */
  maxBytes?: number;
  minWidth?: number;
  minHeight?: number;
  maxWidth?: number;
  maxHeight?: number;
  /** How much of a page it reads. */
  readsBytes?: number;
}

const COMMON = ['jpeg', 'png', 'gif'];
const WITH_WEBP = [...COMMON, 'webp'];

export const PLATFORMS: readonly Platform[] = [
  {
    name: 'X',
    formats: WITH_WEBP,
    maxBytes: 5_000_000,
    minWidth: 300,
    minHeight: 157,
    maxWidth: 4096,
    maxHeight: 4096,
  },
  { name: 'Facebook', formats: WITH_WEBP, maxBytes: 8_000_000, minWidth: 600, minHeight: 315 },
  { name: 'LinkedIn', formats: COMMON, maxBytes: 5_000_000 },
  { name: 'WhatsApp', formats: WITH_WEBP, maxBytes: 300_000, readsBytes: 300_000 },
  { name: 'Bluesky', formats: WITH_WEBP, maxBytes: 1_000_000 },
  { name: 'Mastodon', formats: WITH_WEBP, maxBytes: 2_000_000 },
  { name: 'Telegram', formats: COMMON },
  { name: 'Slack', formats: WITH_WEBP, readsBytes: 32_768 },
  { name: 'Discord', formats: WITH_WEBP, maxBytes: 8_000_000 },
];
