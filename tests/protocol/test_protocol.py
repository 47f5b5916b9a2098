"""The server, spoken to by pytest-lsp: a client library that is not ours, with what real clients say of themselves."""

import asyncio
import os

import pytest
import pytest_asyncio
from lsprotocol import types as lsp
from pytest_lsp import LanguageClient, client_capabilities
from pygls.exceptions import JsonRpcException

PROGRAM = os.environ["PROGRAM"]
URI = "file:///drafts/pier.txt"
DRAFT = "The 𝄞 e-mail came late.\n\n“It is time,” Bo Dahl said. He left.\n"
# Longer than this, and the server hangs.
HANG = 20


async def begin(client, capabilities, **options):
    params = lsp.InitializeParams(capabilities=capabilities, process_id=os.getpid(), root_uri=None, **options)
    return await client.initialize_session(params)


async def end(client, code):
    """Shuts the server down as a client should; the exit code that it must have then."""
    await asyncio.wait_for(client.shutdown_async(None), HANG)
    client.exit(None)
    assert await asyncio.wait_for(client._server.wait(), HANG) == code


@pytest_asyncio.fixture
async def client():
    """Pushes: a client that can neither pull diagnostics nor be asked for its settings."""
    client = LanguageClient()
    await client.start_io(PROGRAM, "server")
    text = lsp.TextDocumentClientCapabilities(
        publish_diagnostics=lsp.PublishDiagnosticsClientCapabilities(version_support=True)
    )
    await begin(client, lsp.ClientCapabilities(text_document=text))
    yield client
    await end(client, 0)


def open_(client, uri, text, language="plaintext", version=1):
    item = lsp.TextDocumentItem(uri=uri, language_id=language, version=version, text=text)
    client.text_document_did_open(lsp.DidOpenTextDocumentParams(text_document=item))


def edit(client, uri, version, position, text):
    at = lsp.Position(*position)
    change = lsp.TextDocumentContentChangePartial(range=lsp.Range(at, at), text=text)
    document = lsp.VersionedTextDocumentIdentifier(uri=uri, version=version)
    client.text_document_did_change(lsp.DidChangeTextDocumentParams(document, [change]))


async def until(condition, what):
    async def wait():
        while not condition():
            await asyncio.sleep(0.01)

    try:
        await asyncio.wait_for(wait(), HANG)
    except asyncio.TimeoutError:
        pytest.fail(f"waited in vain for {what}")


def listen(client):
    """All diagnostics as they come: version and how many, by document."""
    heard = {}

    @client.feature(lsp.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
    def published(params):
        heard.setdefault(params.uri, []).append((params.version, params.diagnostics))

    return heard


@pytest.mark.parametrize("name", ["visual_studio_code", "neovim", "emacs"])
async def test_real_clients_are_offered_what_they_can_use(name):
    client = LanguageClient()
    await client.start_io(PROGRAM, "server")
    result = await begin(client, client_capabilities(name))
    offered = result.capabilities
    assert result.server_info.name == "copydesk"
    assert offered.text_document_sync.change == lsp.TextDocumentSyncKind.Incremental
    for provider in ("hover", "definition", "references", "document_highlight", "document_symbol", "rename",
                     "code_action", "code_lens", "folding_range", "completion", "semantic_tokens", "inlay_hint"):
        assert getattr(offered, f"{provider}_provider"), provider
    await end(client, 0)


async def test_a_burst_of_500_edits_ends_with_the_diagnostics_of_the_last(client):
    heard = listen(client)
    open_(client, URI, DRAFT)
    for version in range(2, 502):
        edit(client, URI, version, (0, 0), "e-mail ")
    await until(lambda: heard.get(URI) and heard[URI][-1][0] == 501, "the diagnostics of the last edit")
    versions = [version for version, _ in heard[URI]]
    assert versions == sorted(versions), "an older set came after a newer one"
    assert len([found for found in heard[URI][-1][1] if found.code == "usage/compound"]) == 501


async def test_columns_are_counted_as_agreed(client):
    heard = listen(client)
    open_(client, URI, DRAFT)
    await until(lambda: heard.get(URI), "diagnostics")
    [found] = heard[URI][-1][1]
    # In UTF-16 the clef counts two.
    assert (found.range.start.character, found.range.end.character) == (7, 13)
    document = lsp.TextDocumentIdentifier(URI)
    context = lsp.CodeActionContext(diagnostics=[found], only=[lsp.CodeActionKind.QuickFix])
    actions = await client.text_document_code_action_async(lsp.CodeActionParams(document, found.range, context))
    [change] = actions[0].edit.changes[URI]
    assert (change.range, change.new_text) == (found.range, "email")


async def test_requests_that_are_cancelled_are_answered_so_and_the_next_is_served(client):
    open_(client, URI, "\n\n".join(f"“It is time,” Bo Dahl said on day {day}." for day in range(2000)))
    document = lsp.TextDocumentIdentifier(URI)
    asked = [client.text_document_document_symbol_async(lsp.DocumentSymbolParams(document)) for _ in range(20)]
    asked = [asyncio.ensure_future(request) for request in asked]
    # All of them are on their way before one can be answered: the draft is long.
    await until(lambda: len(client.protocol._request_futures) == 20, "the requests to be sent")
    for request in list(client.protocol._request_futures)[1:]:
        client.cancel_request(lsp.CancelParams(id=request))
    first, *others = await asyncio.wait_for(asyncio.gather(*asked, return_exceptions=True), HANG)
    assert first[0].name == "Bo Dahl"
    assert [getattr(other, "code", None) for other in others] == [lsp.LSPErrorCodes.RequestCancelled] * 19
    hover = lsp.HoverParams(document, lsp.Position(0, 2))
    assert "Bo Dahl" in (await asyncio.wait_for(client.text_document_hover_async(hover), HANG)).contents.value


async def test_a_client_that_never_answers_keeps_nothing_waiting():
    """A Visual Studio Code that has gone to sleep: it is asked for settings and to watch files, and says nothing."""
    client = LanguageClient()
    asked = set()

    def never(method):
        @client.feature(method)
        async def silent(_):
            asked.add(method)
            await asyncio.Event().wait()

    never(lsp.WORKSPACE_CONFIGURATION)
    never(lsp.CLIENT_REGISTER_CAPABILITY)
    await client.start_io(PROGRAM, "server")
    await begin(client, client_capabilities("visual_studio_code"))
    await until(lambda: len(asked) == 2, "the server's questions")
    open_(client, URI, DRAFT)
    document = lsp.TextDocumentIdentifier(URI)
    for version in range(2, 50):
        edit(client, URI, version, (0, 0), "e-mail ")
    pulled = client.text_document_diagnostic_async(lsp.DocumentDiagnosticParams(document))
    assert len((await asyncio.wait_for(pulled, HANG)).items) == 49
    await end(client, 0)


async def test_200_documents_are_open_at_once(client):
    heard = listen(client)
    uris = [f"file:///drafts/{number}.txt" for number in range(200)]
    for number, uri in enumerate(uris):
        open_(client, uri, f"The e-mail of day {number} came late.\n")
    await until(lambda: all(uri in heard for uri in uris), "the diagnostics of all")
    for uri in uris:
        edit(client, uri, 2, (0, 0), "An e-mail. ")
    await until(lambda: all(heard[uri][-1][0] == 2 for uri in uris), "the diagnostics of all after an edit")
    assert all(len(heard[uri][-1][1]) == 2 for uri in uris)


async def test_a_document_that_is_closed_while_it_is_read_has_no_diagnostics(client):
    heard = listen(client)
    long = "\n\n".join(f"The e-mail of day {day} came late." for day in range(3000))
    for _ in range(5):
        open_(client, URI, long)
        client.text_document_did_close(lsp.DidCloseTextDocumentParams(lsp.TextDocumentIdentifier(URI)))
    other = "file:///drafts/other.txt"
    open_(client, other, DRAFT)
    await until(lambda: heard.get(other), "the diagnostics of another document")
    with pytest.raises(JsonRpcException):
        await client.text_document_document_symbol_async(lsp.DocumentSymbolParams(lsp.TextDocumentIdentifier(URI)))
    # One set for each time it was closed, and none that came from a check that was under way.
    await until(lambda: len(heard.get(URI, [])) >= 5, "the diagnostics to be taken back")
    assert heard[URI] == [(None, ())] * 5


def send(client, body, header=None):
    """Past the library, which would send nothing that is not right."""
    client._server.stdin.write((header or b"Content-Length: %d" % len(body)) + b"\r\n\r\n" + body)


def refusals(client):
    """The errors that the server answers with, as they come: the id, which may be none, and the code."""
    heard = []
    handle = client.protocol.handle_message

    def look(message):
        if error := getattr(message, "error", None):
            heard.append((message.id, error.code))
        handle(message)

    client.protocol.handle_message = look
    return heard


async def test_malformed_messages_are_answered_and_end_nothing(client):
    heard, refused = listen(client), refusals(client)
    send(client, b"{")
    send(client, b"\xff\xfe")
    send(client, b"{}", header=b"Content-Type: nothing")
    send(client, b'{"jsonrpc": "2.0", "id": "unfit", "method": "textDocument/hover", "params": {"nothing": true}}')
    send(client, b'{"jsonrpc": "2.0", "id": "unknown", "method": "copydesk/nothing"}')
    send(client, b'{"jsonrpc": "2.0", "method": "textDocument/didChange", "params": {"nothing": true}}')
    send(client, b'{"jsonrpc": "2.0", "id": "unasked", "result": "an answer"}')
    open_(client, URI, DRAFT)
    await until(lambda: heard.get(URI), "diagnostics after nonsense")
    assert refused == [
        (None, lsp.ErrorCodes.ParseError),
        (None, lsp.ErrorCodes.ParseError),
        (None, lsp.ErrorCodes.ParseError),
        ("unfit", lsp.ErrorCodes.InvalidParams),
        ("unknown", lsp.ErrorCodes.MethodNotFound),
    ]


async def test_what_is_asked_too_early_or_too_late_is_refused():
    client = LanguageClient()
    await client.start_io(PROGRAM, "server")
    refused = refusals(client)
    send(client, b'{"jsonrpc": "2.0", "id": "early", "method": "textDocument/hover", "params": {}}')
    await until(lambda: refused == [("early", lsp.ErrorCodes.ServerNotInitialized)], "a word on the early request")
    await begin(client, lsp.ClientCapabilities())
    await asyncio.wait_for(client.shutdown_async(None), HANG)
    send(client, b'{"jsonrpc": "2.0", "id": "late", "method": "textDocument/hover", "params": {}}')
    await until(lambda: refused[1:] == [("late", lsp.ErrorCodes.InvalidRequest)], "a word on the late request")
    client.exit(None)
    assert await asyncio.wait_for(client._server.wait(), HANG) == 0


@pytest.mark.parametrize("leave", [lambda client: client.exit(None), lambda client: client._server.stdin.close()])
async def test_a_server_that_nobody_shut_down_says_so(leave):
    client = LanguageClient()
    await client.start_io(PROGRAM, "server")
    await begin(client, lsp.ClientCapabilities())
    leave(client)
    assert await asyncio.wait_for(client._server.wait(), HANG) == 1


async def test_the_whole_folder_is_told_and_then_only_what_has_changed(tmp_path):
    for number in range(30):
        (tmp_path / f"{number}.txt").write_text("The e-mail came late.\n")
    client = LanguageClient()
    await client.start_io(PROGRAM, "server")
    # The library's own description of Visual Studio Code is older than pulled diagnostics.
    capabilities = client_capabilities("visual_studio_code")
    capabilities.text_document.diagnostic = lsp.DiagnosticClientCapabilities()
    capabilities.workspace.diagnostics = lsp.DiagnosticWorkspaceClientCapabilities(refresh_support=True)
    folder = lsp.WorkspaceFolder(uri=tmp_path.as_uri(), name="drafts")
    await begin(client, capabilities, workspace_folders=[folder], initialization_options={"wholeFolder": True})

    async def ask(had):
        params = lsp.WorkspaceDiagnosticParams(previous_result_ids=had)
        return (await asyncio.wait_for(client.workspace_diagnostic_async(params), HANG)).items

    items = await ask([])
    assert sorted(len(item.items) for item in items) == [1] * 30
    had = [lsp.PreviousResultId(uri=item.uri, value=item.result_id) for item in items]
    held = asyncio.create_task(ask(had))
    await asyncio.sleep(0.2)
    assert not held.done(), "an answer that says nothing"
    (tmp_path / "7.txt").unlink()
    gone = lsp.FileEvent(uri=(tmp_path / "7.txt").as_uri(), type=lsp.FileChangeType.Deleted)
    client.workspace_did_change_watched_files(lsp.DidChangeWatchedFilesParams(changes=[gone]))
    items = await held
    assert [item.uri for item in items if item.kind == "full"] == [gone.uri]
    await end(client, 0)


async def test_commands_change_the_house_and_say_how_it_went(tmp_path):
    client = LanguageClient()
    await client.start_io(PROGRAM, "server")
    folder = lsp.WorkspaceFolder(uri=tmp_path.as_uri(), name="drafts")
    result = await begin(client, client_capabilities("neovim"), workspace_folders=[folder])
    heard, told = listen(client), []

    @client.feature(lsp.WINDOW_SHOW_MESSAGE)
    def shown(params):
        told.append(params)

    draft = (tmp_path / "draft.txt").as_uri()
    open_(client, draft, "The zine came late.\n")
    await until(lambda: heard.get(draft), "diagnostics")
    assert not heard[draft][-1][1]

    async def run(command, argument):
        assert command in result.capabilities.execute_command_provider.commands
        params = lsp.ExecuteCommandParams(command=command, arguments=[argument])
        await asyncio.wait_for(client.workspace_execute_command_async(params), HANG)

    place = {"textDocument": {"uri": draft}}
    await run("copydesk.addTerm", {**place, "wrong": "zine", "right": "magazine"})
    await until(lambda: [found.code for found in heard[draft][-1][1]] == ["usage/term"], "the new term")
    assert 'zine = "magazine"' in (tmp_path / "copydesk.toml").read_text()
    await run("copydesk.writeBaseline", place)
    await until(lambda: not heard[draft][-1][1], "the baseline")
    assert 'words = "zine"' in (tmp_path / "copydesk-baseline.toml").read_text()
    await until(lambda: len(told) == 2, "what was done")
    assert all(message.type == lsp.MessageType.Info for message in told), told
    with pytest.raises(JsonRpcException):
        await run("copydesk.addTerm", {"wrong": "zine"})
    await end(client, 0)
