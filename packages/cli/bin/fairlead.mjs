#!/usr/bin/env node
// Finds the Node and the build that the command runs on, then hands over. Plain JavaScript without packages: any Node
// from 20 on may read it.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const OWN_NODE_MAJOR = 24;
const SOURCE_CONDITION = '--conditions=@fairlead/source';
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

const file = fileURLToPath(import.meta.url);
const folder = path.dirname(path.dirname(file));
const root = path.resolve(folder, '..', '..');
const built = path.join(folder, 'dist', 'main.js');
const source = path.join(folder, 'src', 'main.ts');

const isNodeNewEnough = Number(process.versions.node.split('.')[0]) >= OWN_NODE_MAJOR;
const readsSource = process.execArgv.includes(SOURCE_CONDITION);
const needsSource = !existsSync(built);

if (isNodeNewEnough && (readsSource || !needsSource)) {
  const { main } = await import(pathToFileURL(readsSource ? source : built).href);
  process.exitCode = await main(process.argv.slice(2));
} else {
  process.exitCode = await runAgain(
    isNodeNewEnough ? process.execPath : path.join(root, 'node_modules', '.bin', 'node'),
  );
}

/** Conditions can only be given when a process starts, and so can another Node. Signals and the exit code pass through. */
function runAgain(node) {
  return new Promise((resolve) => {
    const conditions = needsSource ? [SOURCE_CONDITION] : [];
    const child = spawn(node, [...conditions, file, ...process.argv.slice(2)], { stdio: 'inherit' });
    for (const signal of SIGNALS) process.on(signal, () => child.kill(signal));
    child.once('error', (error) => {
      process.stderr.write(`fairlead: the repository's own Node is not there: ${error.message}\n  fix: npm start\n`);
      resolve(1);
    });
    child.once('exit', (code, signal) => resolve(code ?? 128 + constants.signals[signal]));
  });
}
