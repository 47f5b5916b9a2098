// The Sources view: who is quoted, how often, named or not; and what is on nobody's word. A click goes there.

import * as vscode from "vscode";
import { LanguageClient, Range } from "vscode-languageclient/node";

/** What the server answers to `copydesk/sources`. */
interface Answer {
  version: number;
  tally: { named: number; unnamed: number; quotes: number; words: number };
  sources: Source[];
  unattributed: Passage[];
}

interface Source {
  name: string;
  detail: string | null;
  kind: string;
  named: boolean;
  range: Range;
  quotes: number;
  words: Passage[];
}

interface Passage {
  range: Range;
  text: string;
  kind?: "direct" | "indirect" | "mixed";
}

/** The sources of a draft. */
export interface Sources extends Answer {
  uri: vscode.Uri;
}

type Entry = { source: Source } | { passage: Passage } | { nobodys: Passage[] };

/** How long after a change the sources are asked for anew, in milliseconds: who types needs no list of half a sentence. */
const PAUSE = 300;

export class SourcesView implements vscode.TreeDataProvider<Entry>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  private timer: NodeJS.Timeout | undefined;
  /** The sources of the draft that is being edited, once they are known. */
  sources: Sources | undefined;
  readonly onDidChangeTreeData = this.changed.event;

  constructor(private readonly client: () => LanguageClient | undefined) {}

  dispose(): void {
    clearTimeout(this.timer);
    this.changed.dispose();
  }

  /** Asks for the sources of the draft that is being edited. */
  refresh(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.ask(), PAUSE);
  }

  /** Asks anew if one of these is the draft that is being edited. */
  refreshFor(uris: readonly vscode.Uri[]): void {
    const active = vscode.window.activeTextEditor?.document.uri.toString();
    if (uris.some((uri) => uri.toString() === active)) {
      this.refresh();
    }
  }

  private async ask(): Promise<void> {
    const document = vscode.window.activeTextEditor?.document;
    const uri = document?.uri;
    // Another part of the window has the focus: the draft is as it was.
    if (uri === undefined || document?.uri.scheme === "output") {
      return;
    }
    const answer = await this.client()
      ?.sendRequest<Answer | null>("copydesk/sources", { textDocument: { uri: uri.toString() } })
      // Changed meanwhile, or no draft: what follows will ask again.
      .catch(() => null);
    this.sources = answer ? { ...answer, uri } : undefined;
    this.changed.fire();
  }

  getChildren(entry?: Entry): Entry[] {
    if (entry === undefined) {
      const { sources = [], unattributed = [] } = this.sources ?? {};
      const nobodys = unattributed.length > 0 ? [{ nobodys: unattributed }] : [];
      return [...sources.map((source) => ({ source })), ...nobodys];
    }
    const passages = "source" in entry ? entry.source.words : "nobodys" in entry ? entry.nobodys : [];
    return passages.map((passage) => ({ passage }));
  }

  getTreeItem(entry: Entry): vscode.TreeItem {
    if ("passage" in entry) {
      const { text, kind, range } = entry.passage;
      const item = new vscode.TreeItem(text);
      item.iconPath = new vscode.ThemeIcon(kind === undefined ? "question" : kind === "indirect" ? "comment" : "quote");
      item.command = this.goTo(range);
      return item;
    }
    const folded = vscode.TreeItemCollapsibleState.Collapsed;
    if ("nobodys" in entry) {
      const item = new vscode.TreeItem("On nobody’s word", folded);
      item.description = String(entry.nobodys.length);
      item.iconPath = new vscode.ThemeIcon("warning", new vscode.ThemeColor("list.warningForeground"));
      return item;
    }
    const { name, detail, kind, named, quotes, range } = entry.source;
    const item = new vscode.TreeItem(name, folded);
    const times = quotes === 0 ? "not quoted" : quotes === 1 ? "1 quote" : `${quotes} quotes`;
    item.description = [detail, named ? undefined : "not named", times].filter(Boolean).join(" · ");
    item.tooltip = `${name} (${kind})`;
    item.iconPath = new vscode.ThemeIcon(icon(kind));
    item.command = this.goTo(range);
    return item;
  }

  private goTo(range: Range): vscode.Command {
    return { command: "copydesk.goTo", title: "Go There", arguments: [this.sources?.uri, range] };
  }
}

function icon(kind: string): string {
  switch (kind) {
    case "named":
    case "role":
      return "person";
    case "organization":
      return "organization";
    case "document":
      return "file-text";
    default:
      return "eye-closed";
  }
}

/** Goes to a place of a draft, and selects it. */
export async function show(uri: vscode.Uri, { start, end }: Range): Promise<void> {
  const selection = new vscode.Range(start.line, start.character, end.line, end.character);
  await vscode.window.showTextDocument(uri, { selection });
}

/** The last part of a path. */
export function nameOf(uri: vscode.Uri): string {
  return uri.path.slice(uri.path.lastIndexOf("/") + 1);
}
