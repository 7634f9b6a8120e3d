/**
 * Makes the types of both APIs' bodies from their OpenAPI documents in docs/.
 *
 * Knows which document becomes which file of web/src/api (or of the folder named by --out). Usage: `make openapi`.
 */

import { readFile, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import openapiTS, { astToString } from "openapi-typescript";

const WEB = dirname(fileURLToPath(import.meta.url));
const HEAD = "/** Made by `make openapi` from docs/. Not to be edited. */\n\n";
const TYPES = { "visitor.d.ts": "openapi.json", "owner.d.ts": "openapi-owner.json" };

const asked = process.argv.indexOf("--out");
const out = asked > 0 ? resolve(process.argv[asked + 1]) : join(WEB, "src", "api");
for (const [name, document] of Object.entries(TYPES)) {
  const told = JSON.parse(await readFile(join(WEB, "..", "docs", document), "utf8"));
  const tree = await openapiTS(told, { defaultNonNullable: false }); // a field with a default may be left out
  await writeFile(join(out, name), HEAD + astToString(tree));
}
