// Makes a fresh clone runnable, then runs one script of this repository under the repository's own Node.
//
// This file is the only one that an older Node reads, so it uses plain JavaScript and no packages.
// Usage: node scripts/bootstrap.mjs [script [arguments...]]
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const HOST_NODE_MIN = 20;
const LOCK_WAIT_MS = 10 * 60_000;
const PARENT_WATCH_MS = 500;
const SIGNAL_STATUS = 128;
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const modules = path.join(root, 'node_modules');
const stampFile = path.join(modules, '.fairlead-stamp');
const lockFolder = path.join(root, '.fairlead-install.lock');
const ownNode = path.join(modules, '.bin', 'node');

if (Number(process.versions.node.split('.')[0]) < HOST_NODE_MIN) {
  fail(
    `Node ${HOST_NODE_MIN} or newer is needed to start; this is ${process.version}.`,
    'install Node 24 from https://nodejs.org',
  );
}

await ensureInstalled();
const [target, ...rest] = process.argv.slice(2);
if (target !== undefined) await runUnderOwnNode(path.resolve(root, target), rest);

async function ensureInstalled() {
  if (isFresh()) return;
  await takeLock();
  if (!isFresh()) await install();
  releaseLock();
}

function isFresh() {
  return existsSync(ownNode) && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === fingerprint();
}

/** Everything that decides what an install puts on disk: lockfile, settings, every manifest, the platform. */
function fingerprint() {
  const hash = createHash('sha256').update(`${process.platform}-${process.arch}`);
  for (const file of ['pnpm-lock.yaml', 'pnpm-workspace.yaml', 'package.json', ...manifests()]) {
    const full = path.join(root, file);
    hash.update(`\0${file}\0`);
    if (existsSync(full)) hash.update(readFileSync(full));
  }
  return hash.digest('hex');
}

function manifests() {
  const grouped = ['packages', 'services', 'apps', 'examples', 'tests'].flatMap((group) => {
    const folder = path.join(root, group);
    if (!existsSync(folder)) return [];
    return readdirSync(folder)
      .toSorted()
      .map((name) => `${group}/${name}/package.json`);
  });
  return [...grouped, 'bench/package.json'];
}

async function install() {
  const pnpm = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')).packageManager.split('+')[0];
  process.stderr.write(`fairlead: installing packages with ${pnpm} (first run, or something changed)\n`);
  const command = [
    '--yes',
    `--package=${pnpm}`,
    '--',
    'pnpm',
    'install',
    '--frozen-lockfile',
    '--reporter=append-only',
  ];
  const status = await run('npx', command, { stdio: ['ignore', 2, 2], env: installEnvironment() });
  if (status === 'ENOENT') fail('npx is not on PATH.', 'install npm; it comes with Node');
  if (status > SIGNAL_STATUS) process.exit(status); // interrupted, which is no failure to explain
  if (status !== 0) fail('the package installation failed.', 'mend the line above, then run the same command again');

  const probe = spawnSync(ownNode, ['--version'], { encoding: 'utf8' });
  if (probe.status !== 0) {
    fail(
      `the packaged Node 24 does not run on ${process.platform}-${process.arch}.`,
      'use Linux with glibc, macOS on Apple silicon, or the images',
    );
  }
  writeFileSync(stampFile, fingerprint());
}

/** A broken `.bin/node` must not serve the installer that repairs it; with `CI` set pnpm never asks. */
function installEnvironment() {
  const kept = (process.env.PATH ?? '').split(path.delimiter).filter((folder) => !folder.startsWith(modules));
  return { ...process.env, CI: 'true', PATH: kept.join(path.delimiter) };
}

async function takeLock() {
  const end = Date.now() + LOCK_WAIT_MS;
  while (!tryLock()) {
    if (Date.now() > end) fail('another install has held the lock for ten minutes.', `rm -r ${lockFolder}`);
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  process.once('exit', releaseLock);
}

function tryLock() {
  try {
    mkdirSync(lockFolder);
    writeFileSync(path.join(lockFolder, 'pid'), String(process.pid));
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    if (lockOwnerIsGone()) rmSync(lockFolder, { recursive: true, force: true });
    return false;
  }
}

function lockOwnerIsGone() {
  try {
    process.kill(Number(readFileSync(path.join(lockFolder, 'pid'), 'utf8')), 0);
    return false;
  } catch (error) {
    return error.code === 'ESRCH';
  }
}

function releaseLock() {
  process.off('exit', releaseLock);
  rmSync(lockFolder, { recursive: true, force: true });
}

/** After the first run `node` on npm's PATH already is the repository's own; then no second process is needed. */
async function runUnderOwnNode(file, scriptArguments) {
  stopWithParent();
  if (process.execPath.startsWith(modules)) {
    process.argv = [process.execPath, file, ...scriptArguments];
    await import(pathToFileURL(file).href);
    return;
  }
  const search = [path.dirname(ownNode), process.env.PATH ?? ''].join(path.delimiter);
  const command = [...process.execArgv, file, ...scriptArguments];
  process.exitCode = await run(ownNode, command, { stdio: 'inherit', env: { ...process.env, PATH: search } });
}

/** A killed npm sends no signal; without this the fleet that it started would go on unseen (TC-11). */
function stopWithParent() {
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    process.kill(process.pid, 'SIGTERM');
  }, PARENT_WATCH_MS);
  watch.unref();
}

/** Runs a command, passes signals on, and resolves to its exit status (128 + n after signal n, `ENOENT` when missing). */
function run(command, commandArguments, options) {
  return new Promise((resolve) => {
    const child = spawn(command, commandArguments, { cwd: root, ...options });
    const forward = (signal) => child.kill(signal);
    for (const signal of SIGNALS) process.on(signal, forward);
    const finish = (status) => {
      for (const signal of SIGNALS) process.off(signal, forward);
      resolve(status);
    };
    child.once('error', (error) => finish(error.code));
    child.once('exit', (code, signal) => finish(code ?? SIGNAL_STATUS + constants.signals[signal]));
  });
}

function fail(cause, fix) {
  process.stderr.write(`fairlead: ${cause}\n  fix: ${fix}\n`);
  process.exit(1);
}
