// node vscode.mjs PROGRAM VSIX: what a reporter does in Visual Studio Code, with the extension VSIX. PROGRAM says what must be
// in the file at the end.

import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { command, open, until, withCode } from "./code.mjs";

const [program, vsix] = process.argv.slice(2);
const images = path.resolve(import.meta.dirname, "../../editors/vscode/images");
const started = Date.now();
const done = (what) => console.log(`vscode: ${((Date.now() - started) / 1000).toFixed(1)} s: ${what}`);

const DRAFT = `HALDEN, Ill. (AP) — The harbor board will close the east pier in May, War Secretary Ada Quill said Monday, Dec. 9, 2025.

“We waited ten years for the money, and the pier could not wait,” Quill said. Storms broke the wall twice last winter.

The board mismanaged the repair fund for years. Work on the web site of the ferry line will cost $3 million.

Bo Dahl, who runs the ferry, said it carries 5 percent fewer people than it did in 2019. A source said the pier had failed two inspections.

“Nobody on this island will forget that night, and nobody should be asked to.”

Defense Secretary Quill will visit on Tuesday. Multiple media outlets reported long lines at the ferry.
`;

async function shot(page, name) {
  if (process.env.UPDATE) {
    fs.mkdirSync(images, { recursive: true });
    await page.screenshot({ path: path.join(images, name) });
  }
}

const settings = { "editor.codeActionsOnSave": { "source.fixAll.copydesk": "explicit" }, "editor.wordWrap": "on" };

await withCode({ extensions: [vsix], files: { "pier.txt": DRAFT }, settings, size: { width: 1400, height: 860 } }, async (page, folder) => {
  const file = path.join(folder, "pier.txt");
  await open(page, "pier.txt");
  await page.locator(".squiggly-warning").first().waitFor({ timeout: 60_000 });
  done("squiggles");

  await page.keyboard.press("Control+Shift+M");
  const problems = page.locator(".markers-panel");
  await problems.getByText("names no outlet").first().waitFor();
  await shot(page, "problems.png");
  done("Problems panel");
  await page.keyboard.press("Control+J");

  // The pointer rests on "War Secretary".
  const words = page.locator(".view-line span", { hasText: "War Secretary" }).last();
  await words.scrollIntoViewIfNeeded();
  const box = await words.boundingBox();
  const hover = page.locator(".monaco-hover:visible").getByText("Defense Secretary").first();
  await until("the hover", async () => {
    await page.mouse.move(5, 5);
    const at = (box.width * DRAFT.indexOf("War Secretary")) / DRAFT.indexOf("\n");
    await page.mouse.move(box.x + Math.min(box.width - 30, at), box.y + box.height / 2, { steps: 3 });
    return hover.waitFor({ timeout: 3_000 }).then(() => true, () => false);
  });
  // It fades in.
  await page.waitForTimeout(500);
  await shot(page, "hover.png");
  done("hover");

  await command(page, "Copydesk: Show Sources");
  const rows = page.locator(".pane", { hasText: "Sources" }).locator(".monaco-list-row");
  const quill = rows.filter({ hasText: "Ada Quill" });
  await quill.waitFor();
  await rows.filter({ hasText: "On nobody’s word" }).waitFor();
  await rows.filter({ hasText: "a source" }).filter({ hasText: "not named" }).waitFor();
  await page.locator(".statusbar-item", { hasText: /\d named, 2 unnamed/ }).waitFor();
  await page.locator(".codelens-decoration", { hasText: /sources named, 2 unnamed · \d quote/ }).first().waitFor();
  await shot(page, "sources.png");
  // A click on what Dahl says goes there.
  const dahl = rows.filter({ hasText: "Bo Dahl" });
  await dahl.locator(".monaco-tl-twistie").click();
  await rows.filter({ hasText: "it carries 5 percent" }).click();
  await page.locator(".statusbar-item", { hasText: "Ln 7," }).waitFor();
  done("Sources view");

  // A fix by keyboard, of one that nobody makes unseen. Late changes of focus can dismiss the menu: then once more.
  const menu = page.locator(".action-widget").getByText("Write “Tuesday”");
  await until("the menu of fixes", async () => {
    await page.keyboard.press("Escape");
    await page.locator(".monaco-editor .view-lines").first().click();
    await page.keyboard.press("Control+Home");
    // To the date, which is the second problem.
    await command(page, "Go to Line/Column...");
    await page.keyboard.type(`1:${DRAFT.indexOf("Monday") + 3}`);
    await page.keyboard.press("Enter");
    await page.keyboard.press("Control+.");
    return menu.waitFor({ timeout: 4_000 }).then(() => true, () => false);
  });
  await shot(page, "fix.png");
  await menu.click();
  await until("the fix", () => page.locator(".view-lines", { hasText: "Tuesday, Dec." }).first().isVisible());
  done("quick fix");

  // All safe fixes are made when the file is saved.
  await page.keyboard.press("Control+S");
  const fixed = path.join(folder, "expected.txt");
  fs.writeFileSync(fixed, DRAFT.replace("Monday, Dec. 9", "Tuesday, Dec. 9"));
  try {
    execFileSync(program, ["check", "--fix", fixed], { stdio: "ignore" });
  } catch {
    // What is left to say of it makes the exit code 1.
  }
  const want = fs.readFileSync(fixed, "utf8");
  if (!want.includes("Tuesday, Dec. 9") || want === DRAFT.replace("Monday, Dec. 9", "Tuesday, Dec. 9")) {
    throw new Error("the draft has no safe fix to make");
  }
  await until("the file on disk", () => fs.readFileSync(file, "utf8") === want, 20_000).catch((error) => {
    console.error(fs.readFileSync(file, "utf8"));
    throw error;
  });
  done("file on disk");
});

// The whole folder: a draft that nobody has open is in the Problems panel, until its file is mended; one that is closed stays.
const pair = { "pier.txt": "The pier reopened in May.\n", "ferry.txt": "The e-mail came late.\n", "quay.txt": "A web site is planned.\n" };
await withCode({ extensions: [vsix], files: pair, settings: { "copydesk.wholeFolder": true }, size: { width: 1400, height: 860 } }, async (page, folder) => {
  await open(page, "pier.txt");
  await page.keyboard.press("Control+Shift+M");
  const problems = page.locator(".markers-panel .monaco-list-row");
  const [ferry, quay] = ["ferry.txt", "quay.txt"].map((name) => problems.filter({ hasText: name }));
  await ferry.waitFor({ timeout: 60_000 });
  await quay.waitFor();
  done("a draft that is not open");
  fs.writeFileSync(path.join(folder, "ferry.txt"), "The email came late.\n");
  await ferry.waitFor({ state: "detached" });
  done("mended on disk");
  await open(page, "quay.txt");
  await page.locator(".squiggly-warning, .squiggly-info").first().waitFor();
  await page.keyboard.press("End");
  await page.keyboard.type(" The e-mail was late.");
  await problems.filter({ hasText: "email" }).first().waitFor();
  await command(page, "File: Revert File");
  await problems.filter({ hasText: "email" }).first().waitFor({ state: "detached" });
  await command(page, "View: Close Editor");
  await page.waitForTimeout(3_000);
  await quay.waitFor();
  done("and one that was closed");

  // A term of the house's: the words that are selected, and what is written for them.
  await open(page, "pier.txt");
  await page.keyboard.press("Control+Home");
  await page.keyboard.press("Control+ArrowRight");
  await page.keyboard.press("Control+Shift+ArrowRight");
  await command(page, "Copydesk: Add to House Terms");
  const input = page.locator(".quick-input-widget");
  await input.getByText("1 of 2").waitFor();
  await page.keyboard.press("Enter");
  await input.getByText("2 of 2").waitFor();
  await page.keyboard.type("jetty");
  await page.keyboard.press("Enter");
  await problems.filter({ hasText: "jetty" }).first().waitFor();
  if (!fs.readFileSync(path.join(folder, "copydesk.toml"), "utf8").includes('\npier = "jetty"\n')) {
    throw new Error("the term is not in copydesk.toml");
  }
  done("a term of the house");
  await command(page, "Copydesk: Write the Baseline for the Folder");
  await problems.first().waitFor({ state: "detached" });
  const baseline = fs.readFileSync(path.join(folder, "copydesk-baseline.toml"), "utf8");
  if (!["pier.txt", "quay.txt"].every((name) => baseline.includes(`draft = "${name}"`))) {
    throw new Error(`not all stands in the baseline: ${baseline}`);
  }
  done("a baseline");
});
