// Installs the pinned packages when they are missing, bundles the modules and copies the style sheets.
//   node build.mjs FOLDER      bundle into FOLDER
//   node build.mjs --install   packages only
// Two builds at once wait for each other.
import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const LOCK = '.building', INSTALLED = 'node_modules/.package-lock.json', LOCK_LIVES_MS = 180_000;

async function lock() {
  for (;;) {
    try {
      mkdirSync(LOCK);
      return;
    } catch {
      // A build that was killed leaves its lock behind.
      if (existsSync(LOCK) && Date.now() - statSync(LOCK).mtimeMs > LOCK_LIVES_MS) rmSync(LOCK, { recursive: true, force: true });
      await sleep(100);
    }
  }
}

function install() {
  if (existsSync(INSTALLED) && statSync(INSTALLED).mtimeMs >= statSync('package-lock.json').mtimeMs) return;
  execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], { stdio: ['ignore', 'ignore', 'inherit'], shell: process.platform === 'win32' });
}

async function bundle(out) {
  const { build } = await import('esbuild');
  mkdirSync(out, { recursive: true });
  await build({ entryPoints: { crm: 'src/main.ts', recipes: 'src/editor.ts', dutch: 'src/dutch.ts' }, bundle: true, format: 'esm', target: 'es2022', minify: true, outdir: out, logLevel: 'warning' });
  copyFileSync('node_modules/uplot/dist/uPlot.min.css', `${out}/uplot.css`);
  for (const sheet of ['theme.css', 'crm.css']) copyFileSync(`style/${sheet}`, `${out}/${sheet}`);
}

process.chdir(dirname(fileURLToPath(import.meta.url)));
await lock();
try {
  install();
  if (process.argv[2] !== '--install') await bundle(process.argv[2]);
} finally {
  rmSync(LOCK, { recursive: true, force: true });
}
