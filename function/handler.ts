/** Lambda's composition root. */
import { VERSION } from './package.ts';

export const handler = async (): Promise<string> => VERSION;
