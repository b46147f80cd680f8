/** What the tests need of a machine besides Node and npm, and how it is installed. */

export interface Missing {
  /** "Python 3.10 or newer with venv, or uv" */
  what: string;
  /** Names of packages. */
  debian: string;
  fedora: string;
  macos: string;
}

export const NEEDS = {
  python: {
    what: 'Python 3.10 or newer with venv, or uv: the AWS emulator is installed with it',
    debian: 'python3-venv',
    fedora: 'python3',
    macos: 'python',
  },
  browser: {
    what: 'Chrome or Chromium',
    debian: 'chromium',
    fedora: 'chromium',
    macos: '--cask google-chrome',
  },
  compiler: {
    what: "a C++ compiler, make and cmake: AWS's runtime interface client is compiled with them",
    debian: 'g++ make cmake',
    fedora: 'gcc-c++ make cmake',
    macos: 'cmake',
  },
  shells: {
    what: 'zsh and fish: completion is tried in them',
    debian: 'zsh fish',
    fedora: 'zsh fish',
    macos: 'zsh fish',
  },
} satisfies Record<string, Missing>;

/** All that is missing at once, and the one line that installs it on each system. */
export function sayMissing(missing: readonly Missing[]): string {
  const line = (before: string, system: 'debian' | 'fedora' | 'macos'): string =>
    `${before} ${[...new Set(missing.map((each) => each[system]))].join(' ')}`;
  return [
    'The tests cannot run here. Missing:',
    ...missing.map(({ what }) => `  - ${what}`),
    'Install it:',
    `  Debian, Ubuntu   ${line('sudo apt-get install --yes', 'debian')}`,
    `  Fedora           ${line('sudo dnf install --assumeyes', 'fedora')}`,
    `  macOS            ${line('brew install', 'macos')}`,
  ].join('\n');
}
