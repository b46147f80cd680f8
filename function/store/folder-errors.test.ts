import { describe, expect, it } from 'vitest';
import { FunctionError } from '../contract.ts';
import { folderError } from './folder-errors.ts';

function systemError(code: string): Error {
  return Object.assign(new Error(`${code}: something, open '/x'`), { code });
}

describe('an error of the file system', () => {
  it.each([
    ['EACCES', 'store_refused', 'permission denied'],
    ['EROFS', 'store_refused', 'the file system is read-only'],
    ['ENAMETOOLONG', 'invalid_key', 'the name is too long for this file system'],
    ['ENOSPC', 'store_unavailable', 'the disk is full'],
    ['EDQUOT', 'store_unavailable', 'the disk quota is used up'],
    ['EMFILE', 'store_unavailable', 'too many files are open'],
    ['EIO', 'store_unavailable', "EIO: something, open '/x'"],
  ])('%s becomes %s with path, reason and what to do, the cause kept', (code, expected, reason) => {
    const cause = systemError(code);
    const error = folderError(cause, 'write', '/srv/images/a.jpg');
    expect(error.code).toBe(expected);
    expect(error.message).toBe(`Cannot write /srv/images/a.jpg: ${reason}.`);
    expect(error.hint).not.toBe('');
    expect(error.cause).toBe(cause);
  });

  it('passes when it is ours already', () => {
    const ours = new FunctionError('invalid_key', 'no', 'no');
    expect(folderError(ours, 'write', '/x')).toBe(ours);
  });
});
