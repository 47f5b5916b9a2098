// Commands that the server carries out, with what they have to be told from here: where, and which words.

import { window } from "vscode";
import { ExecuteCommandRequest, LanguageClient } from "vscode-languageclient/node";

/** Runs one of the server's commands. How it went, the server tells the user. */
async function run(client: LanguageClient | undefined, command: string, argument?: object): Promise<void> {
  if (client === undefined || !client.isRunning()) {
    void window.showWarningMessage("Copydesk is not running. “Copydesk: Restart the Server” starts it.");
    return;
  }
  const params = { command, arguments: argument === undefined ? [] : [argument] };
  try {
    await client.sendRequest(ExecuteCommandRequest.type, params);
  } catch (error) {
    void window.showErrorMessage(error instanceof Error ? error.message : String(error));
  }
}

/** The draft that is being edited; without one, the user is told to open it. */
function draft() {
  const editor = window.activeTextEditor;
  if (editor === undefined) {
    void window.showInformationMessage("Open a draft first.");
  }
  return editor;
}

/** Silences what is reported where the cursor is. */
export async function ignoreHere(client: LanguageClient | undefined): Promise<void> {
  const editor = draft();
  if (editor !== undefined) {
    const { start, end } = editor.selection;
    const [from, to] = [start, end].map(({ line, character }) => ({ line, character }));
    await run(client, "copydesk.ignore", { ...document(editor.document), range: { start: from, end: to } });
  }
}

/** Asks for a term, of which the selected words are what the house does not write, and adds it to the house's. */
export async function addTerm(client: LanguageClient | undefined): Promise<void> {
  const editor = draft();
  if (editor === undefined) {
    return;
  }
  const needed = (text: string) => (text.trim() === "" ? "A term needs both wordings." : undefined);
  const selected = editor.document.getText(editor.selection).replace(/\s+/g, " ").trim();
  const wrong = await window.showInputBox({
    title: "Add to House Terms (1 of 2)",
    prompt: "What the house does not write",
    value: selected,
    validateInput: needed,
  });
  const right = wrong && (await window.showInputBox({
    title: "Add to House Terms (2 of 2)",
    prompt: `What it writes for “${wrong.trim()}”`,
    value: wrong,
    validateInput: needed,
  }));
  if (wrong && right) {
    await run(client, "copydesk.addTerm", { ...document(editor.document), wrong, right });
  }
}

/** Lets stand what is found in the draft that is being edited. */
export async function writeDraftBaseline(client: LanguageClient | undefined): Promise<void> {
  const editor = draft();
  if (editor !== undefined) {
    await run(client, "copydesk.writeBaseline", document(editor.document));
  }
}

/** Lets stand what is found in all drafts of the folder. */
export async function writeFolderBaseline(client: LanguageClient | undefined): Promise<void> {
  await run(client, "copydesk.writeBaseline");
}

function document({ uri }: { uri: { toString(): string } }) {
  return { textDocument: { uri: uri.toString() } };
}
