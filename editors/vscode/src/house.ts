// The house's configuration: opens it, or makes one.

import { ViewColumn, window, workspace, Uri } from "vscode";

const FILE = "copydesk.toml";
const BEGUN = `style = "ap"

# House terms: what is wrong, and what the house writes.
# [terms]
# "e-mail" = "email"

# How loudly a rule or a family speaks: off, suggestion, warning or error.
# [levels]
# "attribution/truth-verb" = "off"
`;

/** Opens the nearest `copydesk.toml` of the first folder; makes one there if there is none. */
export async function house(): Promise<void> {
  const [found] = await workspace.findFiles(`**/${FILE}`, "**/node_modules/**", 1);
  const folder = workspace.workspaceFolders?.[0];
  if (found === undefined && folder === undefined) {
    void window.showInformationMessage("Open the folder with your drafts first: the house's style is kept in it.");
    return;
  }
  const file = found ?? Uri.joinPath(folder!.uri, FILE);
  if (found === undefined) {
    await workspace.fs.writeFile(file, new TextEncoder().encode(BEGUN));
  }
  await window.showTextDocument(file, { viewColumn: ViewColumn.Active });
}
