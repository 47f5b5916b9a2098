// Looks at each set of diagnostics as the editor gets it: whether it is for the text that was shown then. In the draft of these
// tests every "usage/compound" is about the word "e-mail". Keeps the count in the file that COPYDESK_WATCH names.

const { writeFileSync } = require("node:fs");
const { languages, workspace } = require("vscode");

// Extensions hear of diagnostics 50 ms after the editor has them, or later where they are busy: a text that was shown so long
// ago was shown then.
const LATE = 100;

exports.activate = (context) => {
  let sets = 0;
  let stale = 0;
  // What was shown, and until when, by document.
  const shown = new Map();
  const keep = (document) => {
    const texts = (shown.get(document) ?? []).filter((it) => it.until >= performance.now() - LATE);
    const last = texts.at(-1);
    if (last) {
      last.until = performance.now();
    }
    shown.set(document, [...texts, { lines: document.getText().split("\n"), until: Infinity }]);
  };
  const words = (lines, { start, end }) => lines[start.line]?.slice(start.character, end.character);
  const look = ({ uris }) => {
    for (const document of workspace.textDocuments.filter((it) => uris.some((uri) => `${uri}` === `${it.uri}`))) {
      const found = languages.getDiagnostics(document.uri).filter((it) => it.code?.value === "usage/compound");
      if (found.length > 0) {
        const recent = (shown.get(document) ?? []).filter((it) => it.until >= performance.now() - LATE);
        const fits = recent.some(({ lines }) => found.every((it) => words(lines, it.range) === "e-mail"));
        sets += 1;
        stale += fits ? 0 : 1;
        writeFileSync(process.env.COPYDESK_WATCH, JSON.stringify({ sets, stale }));
      }
    }
  };
  workspace.textDocuments.forEach(keep);
  context.subscriptions.push(
    workspace.onDidOpenTextDocument(keep),
    workspace.onDidChangeTextDocument(({ document }) => keep(document)),
    languages.onDidChangeDiagnostics(look),
  );
};
