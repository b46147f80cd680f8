/** The flags of `og-sync serve`. */
import { commonFlags, defineVerb, wholeNumber } from '../verb.ts';
import type { CommonFlags } from '../verb.ts';

export interface ServeFlags extends CommonFlags {
  port?: number;
  host?: string;
  store?: string;
  auth?: string;
}

export const serveVerb = defineVerb<ServeFlags>('serve', {
  declare: (command) =>
    commonFlags(command)
      .description('run the function on this machine, speaking what a Function URL speaks')
      .option('-p, --port <n>', 'port; 0: any free one (default: 3000)', wholeNumber)
      .option('--host <name>', 'address to listen on (default: 127.0.0.1)')
      .option('--store <address>', 'where images go: a folder, or s3://bucket/prefix')
      .option('--auth <kind>', 'who may call: none, or token (OG_FUNCTION_TOKEN)'),
  load: async () => (await import('./serve.ts')).serveCommand,
});
