/**
 * Makes web/dist (or the folder named by --out): the bundles of web/src and the pages of web/pages.
 *
 * Knows which sources become which file, and puts the hash of each script into integrity.json and, where a page
 * says `integrity="widget.js"` (or another script's name), into the page. Refuses to depend on anything but the
 * sources: the same sources give the same bytes. Usage: node web/build.mjs [--out FOLDER]
 */

import { createHash } from "node:crypto";
import { cp, mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import * as esbuild from "esbuild";

const WEB = dirname(fileURLToPath(import.meta.url));
const TARGET = ["chrome109", "firefox109", "safari16.4"];
const BUNDLES = { "widget.js": "src/widget/index.ts", "owner/owner.js": "src/owner/main.ts" };

/** A style sheet is a string of the bundle: a page's CSP lets a script construct it, and no second request is made. */
const sheets = {
  name: "sheets",
  setup(build) {
    build.onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const { code } = await esbuild.transform(await readFile(path, "utf8"), {
        loader: "css",
        minify: true,
        target: TARGET,
      });
      return { contents: code, loader: "text" };
    });
  },
};

async function bundle(entry) {
  const made = await esbuild.build({
    entryPoints: [join(WEB, entry)],
    absWorkingDir: WEB,
    bundle: true,
    minify: true,
    format: "iife",
    charset: "utf8",
    legalComments: "none",
    target: TARGET,
    plugins: [sheets],
    write: false,
  });
  return made.outputFiles[0].contents;
}

async function filesOf(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => relative(folder, join(entry.parentPath, entry.name)));
}

async function main(out) {
  await rm(out, { recursive: true, force: true });
  await mkdir(out, { recursive: true });
  await cp(join(WEB, "pages"), out, { recursive: true });
  const integrity = {};
  for (const [name, entry] of Object.entries(BUNDLES)) {
    const bytes = await bundle(entry);
    integrity[name] = `sha384-${createHash("sha384").update(bytes).digest("base64")}`;
    await writeFile(join(out, name), bytes);
    console.log(`${name}: ${bytes.length} bytes, ${gzipSync(bytes, { level: 9 }).length} gzipped, ${integrity[name]}`);
  }
  for (const name of (await filesOf(out)).filter((each) => each.endsWith(".html"))) {
    const page = await readFile(join(out, name), "utf8");
    await writeFile(
      join(out, name),
      page.replace(/integrity="([\w./]+)"/g, (_, script) => `integrity="${integrity[script]}"`),
    );
  }
  await writeFile(join(out, "integrity.json"), `${JSON.stringify(integrity, null, 2)}\n`); // the last: all is there
}

const asked = process.argv.indexOf("--out");
await main(resolve(asked > 0 ? process.argv[asked + 1] : join(WEB, "dist")));
