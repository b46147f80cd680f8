/**
 * Chromium's flags: our own list, none of the package's. What a page could reach is closed here as well (no host
 * resolves, web security on); docs/rendering.md says what each group gives.
 */

export interface FlagOptions {
  profile: string;
  /** A headless shell, driven frame by frame. */
  shell: boolean;
  platform: NodeJS.Platform;
  /** Whether /dev/shm is missing or too small for a few frames, as in Lambda and in Docker. */
  smallSharedMemory: boolean;
}

const QUIET = [
  '--headless',
  '--remote-debugging-pipe',
  '--hide-scrollbars',
  '--mute-audio',
  '--no-first-run',
  '--no-default-browser-check',
  '--no-pings',
  '--no-service-autorun',
  '--password-store=basic',
  '--use-mock-keychain',
  '--disable-background-networking',
  '--disable-breakpad',
  '--disable-component-update',
  '--disable-crash-reporter',
  '--disable-default-apps',
  '--disable-domain-reliability',
  '--disable-extensions',
  '--disable-sync',
  '--metrics-recording-only',
  '--disk-cache-size=1',
];

/** Nothing resolves, not even an address given in numbers, and a proxy would be asked to resolve for us: none is. */
const NO_WAY_OUT = [
  '--host-resolver-rules=MAP * ~NOTFOUND',
  '--no-proxy-server',
  '--disable-features=Translate,MediaRouter,OptimizationHints,NetworkPrediction,Prerender2,DialMediaRouteProvider',
];

/** The same pixels on every machine: colours, hinting, anti-aliasing, and no picture that moves. */
const SAME_PIXELS = [
  '--force-color-profile=srgb',
  '--font-render-hinting=none',
  '--disable-lcd-text',
  '--disable-partial-raster',
  '--force-device-scale-factor=1',
  '--lang=en-US',
  '--blink-settings=imageAnimationPolicy=2',
];

/** All pages in one process: they share fonts, glyphs and code, and no card runs any. */
const LIGHT = ['--renderer-process-limit=1'];

/** Software only, one tile for a usual card, one frame when we ask for one. */
const FRAME_BY_FRAME = [
  '--disable-gpu',
  '--disable-software-rasterizer',
  '--enable-begin-frame-control',
  '--run-all-compositor-stages-before-draw',
  '--disable-new-content-rendering-timeout',
  '--default-tile-width=1216',
  '--default-tile-height=640',
];

/** Flags for one browser with its own profile folder. */
export function flags({ profile, shell, platform, smallSharedMemory }: FlagOptions): string[] {
  return [
    ...QUIET,
    ...NO_WAY_OUT,
    ...SAME_PIXELS,
    ...LIGHT,
    ...(shell ? FRAME_BY_FRAME : ['--disable-gpu']),
    // Neither root nor Lambda can build Chromium's sandbox; no script runs and nothing is fetched, so it guards little.
    ...(platform === 'linux' ? ['--no-sandbox', '--no-zygote'] : []),
    ...(smallSharedMemory ? ['--disable-dev-shm-usage'] : []),
    `--user-data-dir=${profile}`,
    'about:blank',
  ];
}
