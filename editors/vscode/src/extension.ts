// Starts `copydesk server`, lets it speak to the editor, and shows beside the draft what it knows of the sources.

import * as vscode from "vscode";
import { LanguageClient } from "vscode-languageclient/node";
import { addTerm, ignoreHere, writeDraftBaseline, writeFolderBaseline } from "./commands";
import { house } from "./house";
import { PATH, program } from "./program";
import { nameOf, show, SourcesView } from "./sources";
import { Tally } from "./tally";

const SECTION = "copydesk";
/** Whether drafts that are not open are checked: the server has to know when it starts, for the editor asks for them or does not. */
const WHOLE_FOLDER = "copydesk.wholeFolder";

let client: LanguageClient | undefined;
/** Starts and stops, one after the other. */
let queue: Promise<void> = Promise.resolve();

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const view = new SourcesView(() => client);
  const tally = new Tally();
  const tree = vscode.window.createTreeView("copydesk.sources", { treeDataProvider: view, showCollapseAll: true });
  view.onDidChangeTreeData(() => {
    tree.message = view.sources === undefined ? "Open a draft to see whom it quotes." : undefined;
    tree.description = view.sources && nameOf(view.sources.uri);
    tally.show(view.sources);
  });
  context.subscriptions.push(
    tree,
    view,
    tally,
    vscode.commands.registerCommand("copydesk.restart", () => restart(context)),
    vscode.commands.registerCommand("copydesk.showLog", () => client?.outputChannel.show()),
    vscode.commands.registerCommand("copydesk.showSources", () => vscode.commands.executeCommand("copydesk.sources.focus")),
    vscode.commands.registerCommand("copydesk.goTo", show),
    vscode.commands.registerCommand("copydesk.house", house),
    // The server's own names for what it carries out are registered by the client.
    vscode.commands.registerCommand("copydesk.ignoreHere", () => ignoreHere(client)),
    vscode.commands.registerCommand("copydesk.addToHouseTerms", () => addTerm(client)),
    vscode.commands.registerCommand("copydesk.writeDraftBaseline", () => writeDraftBaseline(client)),
    vscode.commands.registerCommand("copydesk.writeFolderBaseline", () => writeFolderBaseline(client)),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if ([PATH, WHOLE_FOLDER].some((setting) => change.affectsConfiguration(setting))) {
        void restart(context);
      }
    }),
    vscode.window.onDidChangeActiveTextEditor(() => view.refresh()),
    // What is new to say of a draft is new to say of its sources.
    vscode.languages.onDidChangeDiagnostics((change) => view.refreshFor(change.uris)),
    vscode.workspace.onDidChangeTextDocument((change) => view.refreshFor([change.document.uri])),
  );
  await restart(context);
  view.refresh();
}

export async function deactivate(): Promise<void> {
  await queue;
  await stop();
}

function restart(context: vscode.ExtensionContext): Promise<void> {
  queue = queue.then(async () => {
    await stop();
    await start(context);
  });
  return queue;
}

async function start(context: vscode.ExtensionContext): Promise<void> {
  const command = program(context);
  client = new LanguageClient(
    SECTION,
    "Copydesk",
    { command, args: ["server"] },
    {
      documentSelector: [
        { language: "markdown" },
        { language: "html" },
        { language: "plaintext" },
        // The house's configuration and its baseline, whose mistakes are shown in them.
        { pattern: "**/copydesk.toml" },
        { pattern: "**/copydesk-baseline.toml" },
        // Its own rules and its styles, in the folders that it names; the server leaves other YAML alone.
        { language: "yaml" },
      ],
      initializationOptions: { wholeFolder: vscode.workspace.getConfiguration().get<boolean>(WHOLE_FOLDER) },
    },
  );
  client.registerFeature({
    // The server puts the draft's figures above it, with a command that shows the sources.
    fillClientCapabilities: (capabilities) => {
      capabilities.experimental = { ...capabilities.experimental, copydesk: { showSources: true } };
    },
    initialize: () => undefined,
    getState: () => ({ kind: "static" }),
    clear: () => undefined,
  });
  try {
    await client.start();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const open = "Open Settings";
    const chosen = vscode.window.showErrorMessage(`Copydesk can't start “${command}”: ${reason}`, open);
    void chosen.then((it) => it && vscode.commands.executeCommand("workbench.action.openSettings", PATH));
  }
}

async function stop(): Promise<void> {
  const running = client;
  client = undefined;
  // One that never started can't be stopped, and need not be.
  await running?.dispose().catch(() => undefined);
}
