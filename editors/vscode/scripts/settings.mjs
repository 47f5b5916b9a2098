// Writes the settings that copydesk.toml has as well into package.json, from ../copydesk.schema.json.
// `node scripts/settings.mjs --check` fails where they are not current.

import { readFileSync, writeFileSync } from "node:fs";

const at = (file) => new URL(file, import.meta.url);
const schema = JSON.parse(readFileSync(at("../../copydesk.schema.json"), "utf8"));
const written = readFileSync(at("../package.json"), "utf8");
const manifest = JSON.parse(written);

const { style, date } = schema.properties;
const settings = manifest.contributes.configuration.properties;
const tail = "Where `copydesk.toml` says otherwise, the file counts.";
settings["copydesk.style"] = {
  type: ["string", "null"],
  enum: [...style.enum, null],
  default: null,
  scope: "resource",
  order: 2,
  markdownDescription: `${style.description} ${tail}`,
};
settings["copydesk.date"] = {
  type: ["string", "null"],
  pattern: date.pattern,
  default: null,
  scope: "resource",
  order: 3,
  markdownDescription: `${date.description} ${tail}`,
};
settings["copydesk.levels"] = {
  ...schema.definitions.levels,
  default: {},
  scope: "resource",
  order: 4,
  markdownDescription: `${schema.properties.levels.description} ${tail}`,
};

const current = `${JSON.stringify(manifest, null, 2)}\n`;
if (!process.argv.includes("--check")) {
  writeFileSync(at("../package.json"), current);
} else if (current !== written) {
  console.error("package.json is not current: run `npm run settings` in editors/vscode");
  process.exit(1);
}
