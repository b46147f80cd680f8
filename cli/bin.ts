#!/usr/bin/env node
// Looked at before anything else is loaded: on an older Node a library would fail first, with a riddle.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  process.stderr.write(
    `og-sync needs Node 22.18 or newer; this is Node ${process.versions.node}.\n` +
      'Install a newer Node, or run "npm install --save-dev node" so that npm scripts and npx use their own.\n',
  );
  process.exit(2);
}
const { keepSmall } = await import('./process/heap.ts');
keepSmall();
const { keepCompiledCode } = await import('./process/code-cache.ts');
keepCompiledCode(process.env);
const { main } = await import('./main.ts');
process.exitCode = await main(process.argv.slice(2));
// A configuration that was interrupted while it loaded would keep the process alive.
if (process.exitCode === 130) await (await import('./process/leave.ts')).leave(130);
