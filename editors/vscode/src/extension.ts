// Starts `copydesk server` and lets it speak to the editor. All else is the server's.

import { commands, ExtensionContext, window, workspace } from "vscode";
import { LanguageClient, ServerOptions } from "vscode-languageclient/node";

const SECTION = "copydesk";
const PATH = "copydesk.server.path";

let client: LanguageClient | undefined;
/** Starts and stops, one after the other. */
let queue: Promise<void> = Promise.resolve();

export function activate(context: ExtensionContext): Promise<void> {
  context.subscriptions.push(
    commands.registerCommand("copydesk.restart", restart),
    workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration(PATH)) {
        void restart();
      }
    }),
  );
  return restart();
}

export async function deactivate(): Promise<void> {
  await queue;
  await stop();
}

function restart(): Promise<void> {
  queue = queue.then(async () => {
    await stop();
    await start();
  });
  return queue;
}

async function start(): Promise<void> {
  const command = workspace.getConfiguration().get<string>(PATH) || "copydesk";
  const server: ServerOptions = { command, args: ["server"] };
  client = new LanguageClient(SECTION, "Copydesk", server, {
    documentSelector: [
      { language: "markdown" },
      { language: "plaintext" },
      // The house's configuration and its baseline, whose mistakes are shown in them.
      { pattern: "**/copydesk.toml" },
      { pattern: "**/copydesk-baseline.toml" },
      // Its own rules and its styles, in the folders that it names; the server leaves other YAML alone.
      { language: "yaml" },
    ],
  });
  try {
    await client.start();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const open = "Open Settings";
    const chosen = window.showErrorMessage(`Copydesk can't start “${command}”: ${reason}`, open);
    void chosen.then((it) => it && commands.executeCommand("workbench.action.openSettings", PATH));
  }
}

async function stop(): Promise<void> {
  const running = client;
  client = undefined;
  // One that never started can't be stopped, and need not be.
  await running?.dispose().catch(() => undefined);
}
