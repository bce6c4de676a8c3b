// Builds the one bundle and notes which sources it was made from, so that its freshness is checked without Node.
import { createHash } from "node:crypto";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const target = join(here, "../src/afteraction/web/ui/static/dist");

await build({
  entryPoints: [join(here, "src/main.ts")],
  outfile: join(target, "afteraction.js"),
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  legalComments: "none",
});

const digest = createHash("sha256");
const sources = readdirSync(join(here, "src")).filter((name) => name.endsWith(".ts")).sort().map((name) => `src/${name}`);
for (const name of ["build.mjs", "package-lock.json", "package.json", "tsconfig.json", ...sources]) {
  digest.update(`${name}\n`).update(readFileSync(join(here, name)));
}
const bundle = createHash("sha256").update(readFileSync(join(target, "afteraction.js"))).digest("hex");
writeFileSync(join(target, "manifest.json"), `${JSON.stringify({ sources: digest.digest("hex"), bundle }, null, 2)}\n`);
