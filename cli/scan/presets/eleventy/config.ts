/** What Eleventy's configuration says of folders and files. https://www.11ty.dev/docs/config/ */
import { posix } from 'node:path';
import { isNo } from '../../markdown/values.ts';
import { dataOf, isData, readData, asText } from '../reading/data.ts';
import type { Data } from '../reading/data.ts';
import { readModule } from '../reading/module.ts';
import type { Module } from '../reading/module.ts';
import { cleanFolder } from '../reading/paths.ts';
import type { Project } from '../types.ts';

export interface EleventyConfig {
  input: string;
  output: string;
  includes: string;
  layouts: string;
  data: string;
  /** Lines as `.gitignore` has them. */
  ignored: readonly string[];
  /** Data that every template has. */
  globals: Data;
  /** The name of data files of folders; else that of the folder. */
  dataName: string | undefined;
  /** Eleventy knows no drafts: a site that has them says so in its configuration. */
  leavesDraftsOut: boolean;
  /** Whether a program gives every page its address. */
  computed: boolean;
}

export function readEleventyConfig(project: Project): EleventyConfig {
  const [file = ''] = project.files('.eleventy.js', 'eleventy.config.{js,mjs,cjs,ts,mts,cts}');
  const module = readModule(project.text(file) ?? '');
  const dir = dataOf(dataOf(module?.exported)['dir'] ?? dataOf(module?.named.get('config'))['dir']);
  const said = (setter: string, name: string) => asText(argument(module, setter)) ?? asText(dir[name]);
  const input = cleanFolder(said('setInputDirectory', 'input') ?? inputOfScripts(project) ?? '.');
  const below = (setter: string, name: string, usual: string) =>
    posix.join(input, cleanFolder(said(setter, name) ?? usual) || usual);
  const calls = module?.calls ?? [];
  const globals = calls.filter(({ name }) => name === 'addGlobalData').map(({ args }) => args);
  const known = globals.filter(([name, value]) => typeof name === 'string' && isPlain(value));
  const usesGit = !isNo(argument(module, 'setUseGitIgnore'));
  const lines = (path: string) => (project.text(path) ?? '').split('\n');
  return {
    input,
    output: cleanFolder(said('setOutputDirectory', 'output') ?? '_site'),
    includes: below('setIncludesDirectory', 'includes', '_includes'),
    layouts: below('setLayoutsDirectory', 'layouts', '_layouts'),
    data: below('setDataDirectory', 'data', '_data'),
    ignored: [
      ...(usesGit ? lines('.gitignore') : []),
      ...lines('.eleventyignore'),
      ...calls
        .filter(({ name }) => name === 'add')
        .flatMap(({ args }) => args.filter((one) => typeof one === 'string')),
    ],
    globals: Object.fromEntries(known) as Data,
    dataName: asText(argument(module, 'setDataFileBaseName')),
    leavesDraftsOut: ['draft', 'drafts'].some((word) => module?.words.has(word)),
    computed: globals.some(([name, value]) => name === 'permalink' && !isPlain(value)),
  };
}

function argument(module: Module | null, setter: string): unknown {
  return module?.calls.find(({ name }) => name === setter)?.args[0];
}

function isPlain(value: unknown): boolean {
  return (
    typeof value === 'string' || typeof value === 'boolean' || typeof value === 'number' || isData(value)
  );
}

/** `eleventy --input=src` in a script of package.json. */
function inputOfScripts(project: Project): string | undefined {
  const scripts = Object.values(dataOf(dataOf(readData(project, 'package.json'))['scripts']));
  const found = scripts.map(
    (script) => /eleventy[^&|;]*--input[= ]\s*["']?([^\s"']+)/.exec(String(script))?.[1],
  );
  return found.find((one) => one !== undefined);
}
