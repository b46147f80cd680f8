/** What is shown: configuration, templates and posts as they are now, or as they last were where a save broke one. */
import { join, relative, sep } from 'node:path';
import { fingerprint, siteDigest } from '../../function/fingerprint.ts';
import type { Site } from '../../function/contract.ts';
import { fontsFor, needsOf } from '../../function/fonts/scripts.ts';
import type { Store } from '../../function/store/store.ts';
import type { Templates } from '../../function/templates/templates.ts';
import { siteUrlOf } from '../config/built-site.ts';
import type { Config } from '../config/config.ts';
import { outputsOf } from '../config/outputs.ts';
import { readInventory } from '../inventory/inventory.ts';
import { loadSite } from '../pictures/site.ts';
import type { Pictures } from '../pictures/pictures.ts';
import { foldedNotice, refuseDuplicates } from '../plan/clashes.ts';
import { toItems } from '../plan/items.ts';
import type { Inventory } from '../plan/plan.ts';
import { scan } from '../scan/scan.ts';
import type { Scan } from '../scan/scan.ts';
import type { Bench, GridEntry, State, PreviewTrouble } from './api.ts';
import { entriesOf } from './entries.ts';
import type { Recipe } from './gallery.ts';
import { rememberingReader } from './reader.ts';
import { SAMPLES } from './samples.ts';
import { troubleOf } from './trouble.ts';

/** What a save may have changed. */
export type SavedPart = 'config' | 'templates' | 'posts' | 'pictures' | 'store';

/** How the parts are made; the composition root knows. */
export interface Sources {
  /** The configuration; another version reads the file again. */
  config(version: number): Promise<Config>;
  templates(config: Config): Promise<Templates>;
  /** The folder that its templates are in. */
  folder(config: Config): string;
  pictures(config: Config): Pictures;
  /** The store to compare with. */
  store(config: Config): Promise<Store>;
  signal: AbortSignal;
}

export interface Model {
  readonly config: Config;
  state(outcome: (fingerprint: string) => { warnings: number; failed: boolean } | undefined): State;
  bench(): Bench;
  recipe(fingerprint: string): Recipe | undefined;
  /** Reads again what may have changed; what cannot be read leaves the rest as it was, with the reason. */
  refresh(changes: ReadonlySet<SavedPart>): Promise<void>;
}

interface Parts {
  config: Config;
  templates: Templates;
  pictures: Pictures;
  site: Site;
  scanned: Scan;
  inventory: Inventory | null;
  store: string;
  /** Why the inventory is null. */
  storeNotice: string | null;
}

/** States that are remembered besides the one that is shown. */
const MOST_PAST = 3;

interface Shown {
  notices: string[];
  entries: GridEntry[];
  bench: Bench;
  recipes: Map<string, Recipe>;
}

/** Reads everything once. Throws what keeps the first look from being one: `CliError`, `FunctionError`. */
export async function createModel(sources: Sources): Promise<Model> {
  const openFrontMatter = rememberingReader();
  /** By what cannot be read as it is now, or is at odds with itself. */
  const troubles = new Map<SavedPart | 'items' | 'keys', PreviewTrouble>();
  let version = 0;

  async function scanAgain(config: Config): Promise<Scan> {
    return scan(config, { now: new Date(), signal: sources.signal, openFrontMatter });
  }

  async function compare(config: Config): Promise<Pick<Parts, 'inventory' | 'store' | 'storeNotice'>> {
    try {
      const store = await sources.store(config);
      const { inventory } = await readInventory(store, {
        patterns: outputsOf(config).map(({ pattern }) => pattern),
        signal: sources.signal,
      });
      return { inventory, store: store.address, storeNotice: null };
    } catch (error) {
      sources.signal.throwIfAborted();
      const storeNotice = `The store could not be read: ${troubleOf(error).message}`;
      return { inventory: null, store: config.store ?? '', storeNotice };
    }
  }

  async function first(): Promise<Parts> {
    const config = await sources.config(version);
    const pictures = sources.pictures(config);
    const [templates, scanned, site, compared] = await Promise.all([
      sources.templates(config),
      scanAgain(config),
      loadSite(config, pictures),
      compare(config),
    ]);
    return { config, templates, pictures, site, scanned, ...compared };
  }

  /** One part read again; null, and the trouble noted, when it cannot be. */
  async function attempt<T>(
    part: SavedPart | 'items' | 'keys',
    work: () => T | Promise<T>,
  ): Promise<T | null> {
    try {
      const made = await work();
      troubles.delete(part);
      return made;
    } catch (error) {
      sources.signal.throwIfAborted();
      troubles.set(part, relativeTo(parts.config.root, troubleOf(error)));
      return null;
    }
  }

  async function show(before: readonly GridEntry[]): Promise<Shown> {
    const { config, templates, pictures, site, scanned, inventory } = parts;
    const { items, problems, notices } = await toItems(scanned.posts, {
      config,
      site,
      description: templates.described,
      pictures,
      signal: sources.signal,
    });
    // Their pictures can be looked at all the same.
    await attempt('keys', () => refuseDuplicates(items));
    const folderOf = (name: string): string => {
      const folder = templates.all.get(name)?.folder ?? join(sources.folder(config), name);
      return relative(config.root, folder).split(sep).join('/');
    };
    const common = { site, output: config.output, templates };
    const recipes = new Map<string, Recipe>();
    for (const item of items)
      recipes.set(item.fingerprint, { ...common, ...item, folder: folderOf(item.template) });
    const entries = entriesOf({
      items,
      posts: scanned.posts,
      problems: [...scanned.problems, ...problems],
      inventory,
      site,
      output: config.output,
      before,
    });
    const told = [parts.storeNotice, ...scanned.notices, ...notices, foldedNotice(items)];
    return {
      entries,
      recipes,
      bench: benchOf(common, folderOf, recipes),
      notices: told.filter((notice) => notice !== null),
    };
  }

  let parts = await first();
  let shown = await show([]);
  /** Of the states before: a page may still ask for what it was told a moment ago. The newest first. */
  let past: Shown['recipes'][] = [];

  return {
    get config() {
      return parts.config;
    },
    recipe: (identity) => [shown.recipes, ...past].find((recipes) => recipes.has(identity))?.get(identity),
    bench: () => shown.bench,
    state(outcome) {
      const { config, templates } = parts;
      const { width, height, format } = config.output;
      const { name } = parts.site;
      const address = siteUrlOf(config);
      return {
        site: { name: name ?? '', host: address === null ? 'example.com' : new URL(address).host },
        output: { width, height, format },
        templates: [...templates.all.keys()].sort(),
        entries: shown.entries.map((entry) => ({
          ...entry,
          warnings: entry.fingerprint === null ? null : (outcome(entry.fingerprint)?.warnings ?? null),
        })),
        trouble: [...troubles.values()][0] ?? null,
        notices: shown.notices,
        store: parts.store,
      };
    },
    async refresh(changes) {
      if (changes.has('config')) {
        version += 1;
        const config = await attempt('config', () => sources.config(version));
        if (config !== null) parts = { ...parts, config };
      }
      const { config } = parts;
      if (changes.has('config') || changes.has('pictures'))
        parts = { ...parts, pictures: sources.pictures(config) };
      const isNew = (part: SavedPart): boolean => changes.has('config') || changes.has(part);
      const [templates, site, scanned, compared] = await Promise.all([
        isNew('templates') ? attempt('templates', () => sources.templates(config)) : null,
        isNew('pictures') ? attempt('pictures', () => loadSite(config, parts.pictures)) : null,
        isNew('posts') || isNew('pictures') ? attempt('posts', () => scanAgain(config)) : null,
        isNew('store') ? compare(config) : null,
      ]);
      parts = {
        ...parts,
        ...(templates !== null && { templates }),
        ...(site !== null && { site }),
        ...(scanned !== null && { scanned }),
        ...compared,
      };
      const next = await attempt('items', () => show(shown.entries));
      if (next === null) return;
      // What is shown still must be found still: an entry keeps its last good picture.
      for (const { fingerprint: kept } of next.entries.flatMap(({ shots }) => shots)) {
        const recipe = shown.recipes.get(kept);
        if (recipe !== undefined && !next.recipes.has(kept)) next.recipes.set(kept, recipe);
      }
      past = [shown.recipes, ...past].slice(0, MOST_PAST);
      shown = next;
    },
  };
}

/** Each template × each sample, drawn like any post; their recipes are added to the others. */
function benchOf(
  common: Pick<Recipe, 'site' | 'output' | 'templates'>,
  folderOf: (template: string) => string,
  recipes: Map<string, Recipe>,
): Bench {
  const { site, output, templates } = common;
  const digest = siteDigest(site);
  const rows = [...templates.all.values()].map(({ name, digest: templateDigest }) => ({
    template: name,
    fingerprints: SAMPLES.map(({ post }) => {
      const identity = fingerprint({
        post,
        site: digest,
        template: { name, digest: templateDigest },
        output,
        fonts: fontsFor(templates.described.fonts, needsOf(post), needsOf(site)),
      });
      const load = () => Promise.resolve({ ...post, template: name, fingerprint: identity });
      recipes.set(identity, {
        ...common,
        template: name,
        folder: folderOf(name),
        load,
      });
      return identity;
    }),
  }));
  rows.sort((a, b) => (a.template < b.template ? -1 : 1));
  return { samples: SAMPLES.map(({ id, label }) => ({ id, label })), rows };
}

/** Paths as a person at the configuration's folder would write them. */
function relativeTo(root: string, trouble: PreviewTrouble): PreviewTrouble {
  const { file, message } = trouble;
  const inside = `${root}${sep}`;
  return {
    ...trouble,
    message: message.replaceAll(inside, ''),
    file: file?.replace(inside, '') ?? null,
  };
}
