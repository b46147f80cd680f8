/** A folder of files for one test, gone when the test is. */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { temporaryFolder } from '../../function/testing/folder.ts';

/** Writes the files (path → content) into a new temporary folder and resolves to its real path. */
export async function folderWith(files: Readonly<Record<string, string | Uint8Array>> = {}): Promise<string> {
  const root = await temporaryFolder();
  await addFiles(root, files);
  return root;
}

/** Writes more files into a folder. */
export async function addFiles(
  root: string,
  files: Readonly<Record<string, string | Uint8Array>>,
): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), content);
  }
}
