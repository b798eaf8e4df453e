// The program on a demo database of its own, and a browser before it.
//
//   await onDemo({ members: 60, companies: 3 }, async ({ server, browser }) => { … });
//
// server.url is its address; server.people[STATE] the ID number of a person in that state, as `demo` prints it.
// TEST_DB is sqlite or postgres (then TEST_POSTGRES is a cluster's URL: tests/postgres.py); HUIYUAN_BINARY is the program.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { openBrowser } from './browser.mjs';

export const TODAY = '2026-11-23';
export const PASSWORD = 'Demo-2026';

const environment = { ...process.env, HUIYUAN_TODAY: TODAY };

// The cluster's URL has no host (a socket's folder stands behind the ?), which `new URL` refuses.
function newPostgres(folder) {
  const [cluster, options] = process.env.TEST_POSTGRES.split('?');
  const name = `browser_${process.pid}_${path.basename(folder).slice(-6).toLowerCase()}`;
  const create = `create database "${name}" template template0 encoding 'UTF8' locale 'C.UTF-8'`;
  execFileSync('psql', ['--no-psqlrc', '-q', process.env.TEST_POSTGRES, '-c', create]);
  return `${cluster.replace(/[^/]*$/, name)}?${options}`;
}

function peopleOf(report) {
  return Object.fromEntries([...report.matchAll(/^(\w+) +(\d{17}[\dX])$/gm)].map(([, state, number]) => [state, number]));
}

// serve says on stderr which port it got; what it says later is kept for when it ends badly.
async function portOf(process, said) {
  for (;;) {
    const port = /\(port (\d+)\)/.exec(said.join(''));
    if (port) {
      return port[1];
    }
    assert.equal(process.exitCode, null, `serve did not start:\n${said.join('')}`);
    await Promise.race([once(process.stderr, 'data'), once(process, 'close')]);
  }
}

async function startServer({ members, companies, captcha }) {
  const binary = process.env.HUIYUAN_BINARY;
  const folder = await mkdtemp(path.join(os.tmpdir(), 'huiyuan-browser-'));
  const database = process.env.TEST_DB === 'postgres' ? newPostgres(folder) : `sqlite:${folder}/test.db`;
  const where = ['--db', database, '--keys', `${folder}/keys`];
  const demo = ['demo', '--members', members, '--companies', companies, '--password', PASSWORD, ...where];
  const report = execFileSync(binary, demo, { encoding: 'utf8', env: environment });
  const serve = spawn(binary, ['serve', ...where, '--captcha', captcha, '--listen', '127.0.0.1:0'], {
    env: environment,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const said = [];
  serve.stderr.setEncoding('utf8').on('data', (text) => said.push(text));
  return {
    url: `http://127.0.0.1:${await portOf(serve, said)}`,
    people: peopleOf(report),
    async stop() {
      serve.kill('SIGTERM');
      await (serve.exitCode === null && once(serve, 'close'));
      await rm(folder, { recursive: true });
      assert.equal(serve.exitCode, 0, `serve ended badly:\n${said.join('')}`);
    },
  };
}

export async function onDemo({ members = 60, companies = 3, captcha = 'off' } = {}, body) {
  const server = await startServer({ members, companies, captcha });
  try {
    const browser = await openBrowser(server.url);
    try {
      await body({ server, browser });
    } finally {
      await browser.close();
    }
  } finally {
    await server.stop();
  }
}
