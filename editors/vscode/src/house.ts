// The house's configuration: opens it, or makes one.

import { RelativePattern, Uri, ViewColumn, window, workspace, WorkspaceFolder } from "vscode";

const FILE = "copydesk.toml";
const BEGUN = `style = "ap"

# House terms: what is wrong, and what the house writes.
# [terms]
# "e-mail" = "email"

# How loudly a rule or a family speaks: off, suggestion, warning or error.
# [levels]
# "attribution/truth-verb" = "off"
`;

/** Opens the `copydesk.toml` that counts for the draft that is being edited; makes one in its folder if there is none. */
export async function house(): Promise<void> {
  const draft = window.activeTextEditor?.document.uri;
  const its = draft && workspace.getWorkspaceFolder(draft);
  const folder = its ?? workspace.workspaceFolders?.[0];
  if (folder === undefined) {
    void window.showInformationMessage("Open the folder with your drafts first: the house's style is kept in it.");
    return;
  }
  const found = draft && its ? await above(draft, its.uri) : await below(folder);
  const file = found ?? Uri.joinPath(folder.uri, FILE);
  if (found === undefined) {
    await workspace.fs.writeFile(file, new TextEncoder().encode(BEGUN));
  }
  await window.showTextDocument(file, { viewColumn: ViewColumn.Active });
}

/** The nearest `copydesk.toml`, from the draft's folder up to the one that is open. */
async function above(draft: Uri, folder: Uri): Promise<Uri | undefined> {
  let at = draft;
  while (at.path.length > folder.path.length) {
    at = Uri.joinPath(at, "..");
    const file = Uri.joinPath(at, FILE);
    if (await workspace.fs.stat(file).then(() => true, () => false)) {
      return file;
    }
  }
  return undefined;
}

/** Any `copydesk.toml` of a folder: no draft says which. */
async function below(folder: WorkspaceFolder): Promise<Uri | undefined> {
  const [found] = await workspace.findFiles(new RelativePattern(folder, `**/${FILE}`), "**/node_modules/**", 1);
  return found;
}
