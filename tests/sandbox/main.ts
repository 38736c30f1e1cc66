import { type Sandbox, startSandbox } from './start.ts';

// npm run sandbox [-- --json] [--no-throttle]: the stand-ins, until SIGTERM or Ctrl+C. With --json one line tells a
// program all it needs; ERPNEXT_URL puts a real site in the place of the stand-in ERPNext.
let ending = false;
let started: Sandbox | undefined;
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
  process.on(signal, () => {
    if (ending) return;
    ending = true;
    void Promise.resolve(started?.close()).finally(() => process.exit(0));
  });
}

const sandbox = await startSandbox({
  erpnextUrl: process.env.ERPNEXT_URL,
  throttle: process.argv.includes('--no-throttle') ? 'off' : 'real',
});
started = sandbox;
const { erpnext, extension, extensionId, chromiumArgs, users, control } = sandbox;
const profile = await sandbox.profile();

if (process.argv.includes('--json')) {
  console.log(JSON.stringify({ erpnext, extension, extensionId, chromiumArgs, profile, users, control }));
} else {
  console.log('The sandbox is running. Ctrl+C ends it.\n');
  for (const [name, url] of Object.entries(erpnext)) console.log(`  ERPNext ${name}   ${url}`);
  console.log(`  Control       ${control}   (GET /state, GET /requests, POST /messages, POST /faults, …)`);
  console.log(`  Extension     ${extension}   id ${extensionId}`);
  console.log('\n  People, with their passwords:');
  for (const user of users) console.log(`    ${user.email.padEnd(28)} ${user.password}`);
  console.log(
    `\n  A browser for it:\n    chromium --user-data-dir=${profile} ${chromiumArgs.map((arg) => `'${arg}'`).join(' ')}`,
  );
}
