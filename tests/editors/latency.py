"""python3 latency.py PROGRAM [EDITS]: how long it takes, over standard input and output, from a change to the diagnostics of
that version, while somebody types a sentence into the middle of a draft. For a client to which diagnostics are pushed, and
for one that pulls them with all that a client can take, as Visual Studio Code does. Build PROGRAM with --release."""

import json
import subprocess
import sys
import time

from draft import draft

TYPED = "So the council met again at noon, and talked of the pier until the lights went out. "
URI = "untitled:draft.txt"
SIZES = [3_000, 100_000, 1_000_000]


class Server:
    def __init__(self, program):
        self.process = subprocess.Popen([program, "server"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def send(self, method, params, id=None):
        message = {"jsonrpc": "2.0", "method": method, "params": params}
        if id is not None:
            message["id"] = id
        body = json.dumps(message).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
        self.process.stdin.flush()

    def receive(self):
        length = 0
        while line := self.process.stdout.readline().strip():
            length = int(line.split(b":")[1])
        return self.process.stdout.read(length)

    def until(self, *marks):
        """The next message that has the marks at its start or its end: to parse a megabyte would count as waiting."""
        while True:
            message = self.receive()
            ends = message[:200] + message[-200:]
            if all(mark in ends for mark in marks):
                return message


def measure(program, size, edits, pulls):
    server = Server(program)
    document = {"publishDiagnostics": {"versionSupport": True}}
    workspace = {}
    if pulls:
        document = {"publishDiagnostics": {"dataSupport": True, "relatedInformation": True}, "diagnostic": {}}
        workspace = {"diagnostics": {"refreshSupport": True}}
    capabilities = {"textDocument": document, "workspace": workspace}
    server.send("initialize", {"processId": None, "rootUri": None, "capabilities": capabilities}, 0)
    server.until(b'"id":0')
    server.send("initialized", {})
    text = draft(size)

    def diagnostics(version):
        if not pulls:
            return server.until(b"publishDiagnostics", b'"version":%d}' % version)
        server.send("textDocument/diagnostic", {"textDocument": {"uri": URI}}, version)
        return server.until(b'"id":%d' % version, b'"resultId"')

    opened = {"uri": URI, "languageId": "plaintext", "version": 1, "text": text}
    server.send("textDocument/didOpen", {"textDocument": opened})
    diagnostics(1)
    line, times = text.count("\n") // 4 * 2, []
    for column in range(edits):
        at = {"line": line, "character": column}
        change = {"range": {"start": at, "end": at}, "text": TYPED[column % len(TYPED)]}
        started = time.perf_counter()
        version = column + 2
        server.send(
            "textDocument/didChange", {"textDocument": {"uri": URI, "version": version}, "contentChanges": [change]}
        )
        got = diagnostics(version)
        times.append(1000 * (time.perf_counter() - started))
        time.sleep(0.02)
    server.process.kill()
    times.sort()
    median, most = times[len(times) // 2], times[int(0.95 * len(times))]
    how = "pulled" if pulls else "pushed"
    print(f"{size:>9,} bytes, {how}: median {median:.1f} ms, p95 {most:.1f} ms; {len(got):,} bytes of diagnostics")


def main():
    edits = int(sys.argv[2]) if len(sys.argv) > 2 else 200
    for size in SIZES:
        for pulls in (False, True):
            measure(sys.argv[1], size, edits, pulls)


main()
