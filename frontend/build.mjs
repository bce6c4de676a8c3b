// Builds the one bundle and notes which sources it was made from, so that its freshness is checked without Node.
import { createHash } from "node:crypto";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const target = join(here, "../src/afteraction/web/ui/static/dist");

const how = { bundle: true, minify: true, target: "es2022", legalComments: "none" };
await build({ ...how, format: "esm", entryPoints: [join(here, "src/main.ts")], outfile: join(target, "afteraction.js") });
// Workers are files of their own; browsers start them as plain scripts.
await build({ ...how, format: "iife", entryPoints: [join(here, "src/graph/arranger.ts")], outfile: join(target, "arranger.js") });

const digest = createHash("sha256");
const sources = readdirSync(join(here, "src"), { recursive: true })
  .map((name) => `src/${name.replaceAll("\\", "/")}`)
  .filter((name) => name.endsWith(".ts"))
  .sort();
for (const name of ["build.mjs", "package-lock.json", "package.json", "tsconfig.json", ...sources]) {
  digest.update(`${name}\n`).update(readFileSync(join(here, name)));
}
const made = (name) => createHash("sha256").update(readFileSync(join(target, name))).digest("hex");
writeFileSync(join(target, "manifest.json"), `${JSON.stringify({ sources: digest.digest("hex"), bundle: made("afteraction.js"), arranger: made("arranger.js") }, null, 2)}\n`);
