// A real Visual Studio Code for tests: code-server with our extension, in a headless Chromium.

import { spawn } from "node:child_process";
import fs from "node:fs";
import { createRequire } from "node:module";
import net from "node:net";
import os from "node:os";
import path from "node:path";

const root = path.resolve(import.meta.dirname, "../..");
// Installed with the extension's own tools.
const { chromium } = createRequire(path.join(root, "editors/vscode/package.json"))("playwright-core");

const { CHROMIUM, CODE } = process.env;
const ENTRY = path.join(CODE, "node_modules/code-server/out/node/entry.js");

const pause = (ms) => new Promise((done) => setTimeout(done, ms));

/** Waits until `condition` gives something, and gives that; fails with what was waited for. */
export async function until(what, condition, timeout = 60_000) {
  for (const end = Date.now() + timeout; ; await pause(50)) {
    const found = await condition();
    if (found) {
      return found;
    }
    if (Date.now() > end) {
      throw new Error(`waited in vain for ${what}`);
    }
  }
}

async function freePort() {
  const server = net.createServer().listen(0, "127.0.0.1");
  await new Promise((ready) => server.once("listening", ready));
  const { port } = server.address();
  server.close();
  return port;
}

/**
 * Opens a folder with `files` (text by name) in the editor with `extensions` (packages), does what `test` says, and closes
 * all again. `test` gets the page, and the folder.
 */
export async function withCode({ extensions, files, settings = {}, size = { width: 1280, height: 800 } }, test) {
  const temporary = fs.mkdtempSync(path.join(os.tmpdir(), "copydesk-vscode-"));
  const at = (name) => path.join(temporary, name);
  const folder = at("drafts");
  for (const made of [folder, at("data/User"), at("extensions")]) {
    fs.mkdirSync(made, { recursive: true });
  }
  for (const [name, text] of Object.entries(files)) {
    fs.writeFileSync(path.join(folder, name), text);
  }
  const quiet = {
    "chat.disableAIFeatures": true,
    "editor.minimap.enabled": false,
    "extensions.autoCheckUpdates": false,
    "extensions.autoUpdate": false,
    "extensions.ignoreRecommendations": true,
    "files.autoSave": "off",
    "git.enabled": false,
    "security.workspace.trust.enabled": false,
    "telemetry.telemetryLevel": "off",
    "workbench.enableExperiments": false,
    "workbench.secondarySideBar.defaultVisibility": "hidden",
    "workbench.startupEditor": "none",
    "workbench.welcomePage.walkthroughs.openOnInstall": false,
  };
  fs.writeFileSync(at("data/User/settings.json"), JSON.stringify({ ...quiet, ...settings }));
  fs.writeFileSync(at("config.yaml"), "auth: none\n");
  const env = { ...process.env, XDG_CONFIG_HOME: at("config"), XDG_DATA_HOME: at("share") };
  const common = ["--user-data-dir", at("data"), "--extensions-dir", at("extensions"), "--config", at("config.yaml")];
  const log = fs.openSync(at("server.log"), "w");
  const start = (args) =>
    spawn(path.join(CODE, "node"), [ENTRY, ...common, ...args], { env, stdio: ["ignore", log, log], detached: true });
  let server, browser, page;
  try {
    const wanted = extensions.flatMap((it) => ["--install-extension", path.resolve(it)]);
    const installed = await new Promise((done) => start(wanted).on("exit", done));
    if (installed !== 0) {
      throw new Error(`can't be installed: ${extensions.join(", ")}`);
    }
    const port = await freePort();
    server = start(["--bind-addr", `127.0.0.1:${port}`, "--disable-telemetry", "--disable-update-check"]);
    const here = `http://127.0.0.1:${port}`;
    await until("code-server", () => fetch(`${here}/healthz`).then((answer) => answer.ok, () => false));
    const args = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"];
    browser = await chromium.launch({
      executablePath: CHROMIUM,
      args: [...args, "--disable-component-update", "--disable-sync"],
    });
    page = await browser.newPage({ viewport: size });
    // Nothing that the test needs is anywhere else.
    await page.route("**/*", (route) =>
      ["127.0.0.1", ""].includes(new URL(route.request().url()).hostname) ? route.continue() : route.abort(),
    );
    await page.goto(`${here}/?folder=${encodeURIComponent(folder)}`);
    await page.locator(".monaco-workbench").waitFor({ timeout: 60_000 });
    await test(page, folder);
  } catch (error) {
    const seen = path.join(os.tmpdir(), "copydesk-vscode-failed.png");
    await page?.screenshot({ path: seen }).catch(() => undefined);
    console.error(fs.readFileSync(at("server.log"), "utf8").slice(-2000));
    console.error(`what was seen: ${seen}`);
    throw error;
  } finally {
    await browser?.close();
    if (server?.pid) {
      process.kill(-server.pid, "SIGTERM");
    }
    fs.rmSync(temporary, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  }
}

/** Opens a file of the folder from the explorer. */
export async function open(page, name) {
  await page.locator(".explorer-folders-view").getByText(name, { exact: true }).dblclick({ timeout: 60_000 });
  await page.locator(`.tab.active[data-resource-name="${name}"]`).waitFor({ timeout: 60_000 });
  await page.locator(".monaco-editor .view-lines").first().waitFor();
}

/** Runs a command by its title. */
export async function command(page, title) {
  await page.keyboard.press("F1");
  await page.locator(".quick-input-widget input").fill(`>${title}`);
  await page.locator(".quick-input-list .monaco-list-row").filter({ hasText: title }).first().click();
}
