/** `og-deploy login`: the password of the registry on standard output, so that a pipeline needs no AWS CLI. */
import { DeployError } from '../error.ts';
import { regionTrouble } from '../aws/credentials-errors.ts';
import { registryLogin } from '../apply/image.ts';
import { withAws } from '../shell.ts';
import type { DeployShell } from '../shell.ts';

export async function login(shell: DeployShell): Promise<void> {
  const trouble = regionTrouble(shell.env);
  if (trouble !== null) throw new DeployError('inputs', trouble.message, trouble.hint);
  await withAws(shell, shell.env['AWS_REGION'] || shell.env['AWS_DEFAULT_REGION'] || '', async (aws) => {
    const { registry, password } = await registryLogin(aws);
    shell.out(`${password}\n`);
    shell.err(`For: docker login --username AWS --password-stdin ${registry}\n`);
  });
}
