// Writes parvis/kernel/web/icons.json: the drawings of the Lucide icons named in icons.txt, and of no other.
// Lucide is ISC (some drawings MIT, from Feather). To add an icon: add its name to icons.txt, then
//   npm install --no-save --prefix frontend lucide-static && node scripts/make_icons.mjs
import { readFileSync, writeFileSync } from "node:fs";

const folder = process.env.LUCIDE ?? new URL("../frontend/node_modules/lucide-static", import.meta.url).pathname;
const table = new URL("../parvis/kernel/web/", import.meta.url);
const names = readFileSync(new URL("icons.txt", table), "utf8").split("\n").filter(Boolean).sort();

const drawings = {};
for (const name of names) {
  const svg = readFileSync(`${folder}/icons/${name}.svg`, "utf8");
  const inner = svg.slice(svg.indexOf(">", svg.indexOf("<svg")) + 1, svg.lastIndexOf("</svg>"));
  drawings[name] = inner.replace(/\s*\n\s*/g, "").replace(/ \/>/g, "/>");
}
writeFileSync(new URL("icons.json", table), `${JSON.stringify(drawings, null, 1)}\n`);
console.log(`${names.length} icons`);
