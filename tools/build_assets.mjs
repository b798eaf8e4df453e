// Builds what browsers load: app.css, app.js, photo.js, work.js, icons.svg (a sprite), emblem.svg, favicon.svg.
//
//   node tools/build_assets.mjs OUTDIR [--web DIR] [--depfile FILE]
//
// Names are not hashed and nothing is compressed here: tools/assets.py does both when it packs them into the binary.
// The pages' policy allows no data: address and no inline style, so a style sheet that still holds one stops the build.
import { build, transform } from 'esbuild';
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { PurgeCSS } from 'purgecss';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
// 360 极速 mode, WeChat's browser on older Android phones, iOS 12.
const browsers = ['es2017', 'chrome64', 'safari12'];
const inputs = new Set([fileURLToPath(import.meta.url)]);

function read(file) {
  inputs.add(file);
  return readFile(file, 'utf8');
}

async function filesIn(folder, extension, recursive = false) {
  const names = await readdir(folder, { recursive }).catch(() => []);
  return names.filter((name) => name.endsWith(extension)).sort().map((name) => path.join(folder, name));
}

// Bootstrap and cropperjs draw arrows, ticks and grids with data: pictures; assets/css/controls.css draws its own.
function withoutDataPictures(css) {
  return css.replace(/[\w-]+\s*:\s*url\((?:"data:[^"]*"|'data:[^']*'|data:[^)]*)\)[^;}]*;?/g, '');
}

async function bootstrapInUse(ownCss, webFolder) {
  const bootstrap = await read(path.join(root, 'node_modules/bootstrap/dist/css/bootstrap.css'));
  const content = [...(await filesIn(webFolder, '.html', true)), ...(await filesIn(path.join(root, 'assets/js'), '.js'))];
  const raw = await Promise.all(content.map(async (file) => ({ raw: await read(file), extension: path.extname(file) })));
  // Own rules take part, unpurged, so that the variables which only they use survive.
  const [result] = await new PurgeCSS().purge({
    content: raw,
    css: [{ raw: `${withoutDataPictures(bootstrap)}\n/* purgecss start ignore */\n${ownCss}\n/* purgecss end ignore */` }],
    variables: true,
    safelist: { variables: usedVariables(ownCss) },
  });
  return result.css;
}

function usedVariables(css) {
  return [...new Set(css.match(/--[\w-]+/g))];
}

function refuseForbidden(css) {
  const found = css.match(/url\([^)]*\)|@import[^;]*/);
  if (found) {
    throw new Error(`app.css refers to ${found[0].slice(0, 60)}: pages may load style from one file only`);
  }
}

async function buildCss(out, webFolder) {
  const cropper = withoutDataPictures(await read(path.join(root, 'node_modules/cropperjs/dist/cropper.css')));
  // tokens.css stands first among the own files because the others read it; the rest do not depend on order.
  const names = await filesIn(path.join(root, 'assets/css'), '.css');
  const ordered = names.sort((a, b) => b.endsWith('tokens.css') - a.endsWith('tokens.css'));
  const own = (await Promise.all(ordered.map(read))).join('\n');
  const css = await bootstrapInUse(`${cropper}\n${own}`, webFolder);
  const { code } = await transform(css, { loader: 'css', minify: true, target: browsers, charset: 'utf8', legalComments: 'none' });
  refuseForbidden(code);
  await writeFile(path.join(out, 'app.css'), code);
}

async function buildScripts(out) {
  const result = await build({
    absWorkingDir: root,
    entryPoints: ['assets/js/app.js', 'assets/js/photo.js', 'assets/js/work.js'],
    outdir: out,
    bundle: true,
    minify: true,
    format: 'iife',
    target: browsers,
    // esbuild counts a corner case of Safari's as missing; the plain destructuring used here works in all three.
    supported: { destructuring: true },
    charset: 'utf8',
    legalComments: 'none',
    metafile: true,
    logLevel: 'warning',
  });
  Object.keys(result.metafile.inputs).forEach((file) => inputs.add(path.join(root, file)));
}

function asSymbol(svg, name) {
  return svg
    .replace(' xmlns="http://www.w3.org/2000/svg"', ` id="${name}"`)
    .replace(/^<svg/, '<symbol')
    .replace(/<\/svg>\s*$/, '</symbol>')
    .replace(/>\s+</g, '><');
}

async function buildPictures(out) {
  const assets = path.join(root, 'assets');
  const files = [...(await filesIn(path.join(assets, 'icons'), '.svg')), path.join(assets, 'skyline.svg')];
  const symbols = await Promise.all(files.map(async (file) => asSymbol(await read(file), path.basename(file, '.svg'))));
  await writeFile(path.join(out, 'icons.svg'), `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join('')}</svg>\n`);
  for (const name of ['emblem.svg', 'favicon.svg']) {
    await writeFile(path.join(out, name), await read(path.join(assets, name)));
  }
}

async function writeDepfile(depfile, out) {
  const escape = (file) => file.replace(/ /g, '\\ ');
  const list = [...inputs].map(escape).join(' \\\n  ');
  await writeFile(depfile, `${escape(path.join(out, 'app.css'))}: \\\n  ${list}\n`);
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { web: { type: 'string', default: path.join(root, 'src/web') }, depfile: { type: 'string' } },
});
if (positionals.length !== 1) {
  console.error('usage: node tools/build_assets.mjs OUTDIR [--web DIR] [--depfile FILE]');
  process.exit(2);
}
const out = positionals[0];
await mkdir(out, { recursive: true });
await Promise.all([buildCss(path.resolve(out), values.web), buildScripts(path.resolve(out)), buildPictures(path.resolve(out))]);
if (values.depfile) {
  await writeDepfile(values.depfile, out);
}
