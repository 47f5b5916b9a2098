// The figures of the draft in the status bar: a click shows its sources.

import { Disposable, StatusBarAlignment, window } from "vscode";
import type { Sources } from "./sources";

export class Tally implements Disposable {
  private readonly item = window.createStatusBarItem("copydesk.tally", StatusBarAlignment.Right, 100);

  constructor() {
    this.item.name = "Copydesk: Sources";
    this.item.command = "copydesk.showSources";
  }

  dispose(): void {
    this.item.dispose();
  }

  show(sources: Sources | undefined): void {
    if (sources === undefined) {
      this.item.hide();
      return;
    }
    const { named, unnamed, quotes, words } = sources.tally;
    this.item.text = `$(quote) ${named} named, ${unnamed} unnamed`;
    this.item.tooltip = `${named} sources named, ${unnamed} unnamed. ${quotes} quotes, ${words} words.`;
    this.item.accessibilityInformation = { label: this.item.tooltip };
    this.item.show();
  }
}
