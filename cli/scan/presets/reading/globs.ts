/** Patterns of generators' configurations, without expressions that could take for ever. */
import { posix } from 'node:path';

/** `*` and `?` take any sign, "/" too, as File.fnmatch of Ruby has it. */
export function fnmatch(pattern: string, path: string): boolean {
  let [at, star, back] = [0, -1, 0];
  let index = 0;
  while (index < path.length) {
    if (pattern[at] === '*') {
      star = at++;
      back = index;
    } else if (pattern[at] === '?' || (at < pattern.length && pattern[at] === path[index])) {
      at++;
      index++;
    } else if (star >= 0) {
      at = star + 1;
      index = ++back;
    } else return false;
  }
  while (pattern[at] === '*') at++;
  return at === pattern.length;
}

/** Whether a path, or a folder above it, is ignored by lines as `.gitignore` has them. */
export function isIgnored(lines: readonly string[], path: string): boolean {
  const segments = path.split('/');
  const above = segments.map((_segment, index) => segments.slice(0, index + 1).join('/'));
  return above.some((one, index) => isFolderIgnored(lines, one, index < above.length - 1));
}

function isFolderIgnored(lines: readonly string[], path: string, isFolder: boolean): boolean {
  let ignored = false;
  for (const line of lines) {
    const text = line.trim();
    if (text === '' || text.startsWith('#')) continue;
    const not = text.startsWith('!');
    const pattern = text.slice(not ? 1 : 0);
    if (pattern.endsWith('/') && !isFolder) continue;
    const bare = pattern.replace(/\/$/, '');
    const anchored = bare.includes('/');
    const glob = anchored ? bare.replace(/^\//, '') : bare;
    const subject = anchored ? path : posix.basename(path);
    if (posix.matchesGlob(subject, glob) || fnmatchDot(glob, subject)) ignored = !not;
  }
  return ignored;
}

/** matchesGlob leaves hidden names out; ignore files do not. */
function fnmatchDot(glob: string, subject: string): boolean {
  return !glob.includes('/') && subject.startsWith('.') && fnmatch(glob, subject);
}
