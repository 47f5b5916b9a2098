// Which program is the server.

import { existsSync } from "node:fs";
import { join } from "node:path";
import { ExtensionContext, workspace } from "vscode";

/** The setting that names it. */
export const PATH = "copydesk.server.path";

/** The program that the settings name; without one, that which the extension brings along, or else the one in the path. */
export function program(context: ExtensionContext): string {
  const named = workspace.getConfiguration().get<string>(PATH);
  if (named) {
    return named;
  }
  const file = process.platform === "win32" ? "copydesk.exe" : "copydesk";
  const bundled = join(context.extensionPath, "server", file);
  return existsSync(bundled) ? bundled : "copydesk";
}
