// node typing.mjs PROGRAM VSIX WATCH DRAFT SECONDS: types into the middle of a long draft in Visual Studio Code, at 15
// characters a second, while the extension WATCH looks at each set of diagnostics. Afterwards the file must hold all that was
// typed, and the editor show what a fresh check finds. Tells how much of a core the server took.

import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { command, open, until, withCode } from "./code.mjs";

const [program, vsix, watch, draft, seconds] = process.argv.slice(2);
const RATE = 15;
const TYPED = "So the council met again at noon, and talked of the pier until the lights went out. ";
const text = fs.readFileSync(draft, "utf8");
const lines = text.split("\n");
const line = lines.findIndex((it, at) => at > lines.length / 2 && it.includes("e-mail"));
const count = Number(seconds) * RATE;
const typed = TYPED.repeat(Math.ceil(count / TYPED.length)).slice(0, count);
const want = [...lines.slice(0, line), typed + lines[line], ...lines.slice(line + 1)].join("\n");

/** The server's process. */
function serverOf() {
  const running = fs.readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  const bundled = (pid) => {
    try {
      const words = fs.readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
      return words[0].endsWith("/server/copydesk") && words[1] === "server";
    } catch {
      return false;
    }
  };
  return running.filter(bundled).map(Number).sort((a, b) => b - a)[0];
}

/** Seconds of CPU that a process has taken. */
function cpu(pid) {
  const fields = fs.readFileSync(`/proc/${pid}/stat`, "utf8").replace(/.*\) /s, "").split(" ");
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

const settings = {
  "editor.acceptSuggestionOnCommitCharacter": false,
  "editor.quickSuggestions": { other: "off" },
  "editor.wordBasedSuggestions": "off",
};
const watched = process.env.COPYDESK_WATCH;
const counts = () => (fs.existsSync(watched) ? JSON.parse(fs.readFileSync(watched, "utf8")) : { sets: 0, stale: 0 });
await withCode({ extensions: [vsix, watch], files: { "long.txt": text }, settings }, async (page, folder) => {
  const file = path.join(folder, "long.txt");
  await open(page, "long.txt");
  await page.locator(".statusbar-item", { hasText: /\d named/ }).waitFor({ timeout: 60_000 });
  await command(page, "Go to Line/Column...");
  await page.keyboard.type(`${line + 1}:1`);
  await page.keyboard.press("Enter");
  const server = serverOf();
  const before = counts();
  const [used, started] = [cpu(server), performance.now()];
  for (const [at, letter] of [...typed].entries()) {
    await page.keyboard.type(letter);
    const due = started + ((at + 1) * 1000) / RATE;
    await page.waitForTimeout(Math.max(0, due - performance.now()));
  }
  const took = (performance.now() - started) / 1000;
  const share = (100 * (cpu(server) - used)) / took;
  await page.keyboard.press("Control+S");
  await until("all that was typed", () => fs.readFileSync(file, "utf8") === want, 20_000);
  let checked;
  try {
    checked = execFileSync(program, ["check", "--format", "json", file], { encoding: "utf8", maxBuffer: 1 << 28 });
  } catch (failed) {
    checked = failed.stdout;
  }
  const of = (severity) => JSON.parse(checked).files[0].diagnostics.filter((it) => it.severity === severity).length;
  const expected = [of("error"), of("warning"), of("suggestion")].join(" ");
  // "17 errors, 40 warnings, 3 infos" in the status bar.
  const problems = page.locator("#status\\.problems");
  await until(`the problems that a fresh check finds (${expected})`, async () => {
    const said = (await problems.textContent())?.match(/\d+/g)?.join(" ");
    return said === expected;
  }, 20_000);
  const after = counts();
  const [sets, stale] = [after.sets - before.sets, after.stale - before.stale];
  console.log(
    `vscode: typed ${count} characters in ${took.toFixed(1)} s into ${text.length} bytes: ${sets} sets of diagnostics, ` +
      `${stale} not for the text shown; none was lost, at the end is shown what a fresh check finds; the server took ` +
      `${share.toFixed(1)}% of a core`,
  );
  if (sets === 0 || stale > 0) {
    throw new Error("diagnostics were not for the text shown, or there were none");
  }
});
