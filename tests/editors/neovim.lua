-- nvim --headless --clean -l neovim.lua PLUGIN PROGRAM FOLDER
-- Opens a draft in FOLDER with the client in PLUGIN and the server PROGRAM, and does what a reporter would.

local plugin, program, folder = unpack(arg)
assert(folder, "usage: nvim --headless --clean -l neovim.lua PLUGIN PROGRAM FOLDER")

local function fail(message)
  io.stderr:write("neovim: " .. message .. "\n")
  os.exit(1)
end

local function wait(what, condition)
  if not vim.wait(20000, condition, 10) then
    fail("waited in vain for " .. what)
  end
end

local function equal(what, got, expected)
  if not vim.deep_equal(got, expected) then
    fail(("%s: got %s, expected %s"):format(what, vim.inspect(got), vim.inspect(expected)))
  end
end

local function write(name, text)
  local file = assert(io.open(folder .. "/" .. name, "w"))
  file:write(text)
  file:close()
end

local function read(name)
  local file = assert(io.open(folder .. "/" .. name))
  local text = file:read("a")
  file:close()
  return text
end

local function codes(buffer)
  return vim.tbl_map(function(it)
    return ("%d:%d-%d %s"):format(it.lnum, it.col, it.end_col, it.code)
  end, vim.diagnostic.get(buffer))
end

local function shows(what, buffer, expected)
  local got
  if not vim.wait(20000, function()
    got = codes(buffer)
    return vim.deep_equal(got, expected)
  end, 10) then
    equal(what, got, expected)
  end
end

write("copydesk.toml", '[terms]\n"e-mail" = "email"\n"web site" = "website"\n')
write("draft.md", "# Clinics reopen\n\nThe 𝄞 e-mail from the web site came late.\n\n“It is time,” Bo Dahl said.\n")
write("cast.md", "# Clinics reopen\n\n𝄞 Mayor Bo Dahl spoke.\n\n“Dahl is late,” Ana Roe said of 𝄞 Dahl’s 𝄞 speech.\n")
write("pyproject.toml", 'e-mail = "TK"\n')

vim.opt.runtimepath:append(plugin)
vim.lsp.config("copydesk", { cmd = { program, "server" } })
vim.cmd("filetype on")
vim.cmd.runtime("plugin/copydesk.lua")

-- The draft is opened, and what is wrong is shown where it is.
vim.cmd.edit(folder .. "/draft.md")
local draft = vim.api.nvim_get_current_buf()
shows("the draft as it was opened", draft, { "2:9-15 usage/term", "2:25-33 usage/term" })
local client = vim.lsp.get_clients({ bufnr = draft, name = "copydesk" })[1]
equal("the root", client.root_dir, folder)
equal("the source", vim.diagnostic.get(draft)[1].source, "copydesk")

-- It moves with what is typed.
vim.api.nvim_buf_set_text(draft, 2, 0, 2, 0, { "On Monday: ", "" })
shows("the draft after typing", draft, { "3:9-15 usage/term", "3:25-33 usage/term" })
vim.cmd.undo()
shows("the draft after undo", draft, { "2:9-15 usage/term", "2:25-33 usage/term" })

-- The rule's page.
local page = client:request_sync("textDocument/hover", {
  textDocument = vim.lsp.util.make_text_document_params(draft),
  position = { line = 2, character = 10 },
}, 20000, draft)
if not (page and page.result and page.result.contents.value:find("**usage/term**", 1, true)) then
  fail("no page on hover: " .. vim.inspect(page))
end

-- Whose word a sentence is, and the outline.
local function ask(method, params)
  params.textDocument = vim.lsp.util.make_text_document_params(draft)
  local answer = client:request_sync(method, params, 20000, draft)
  return answer and answer.result or fail("no answer to " .. method .. ": " .. vim.inspect(answer))
end
local word = ask("textDocument/hover", { position = { line = 4, character = 2 } })
equal("whose word it is", word.contents.value, "Bo Dahl’s word: quoted.")
local outline = vim.lsp.util.symbols_to_items(ask("textDocument/documentSymbol", {}), draft, client.offset_encoding)
equal("the outline", vim.tbl_map(function(it)
  return ("%d:%d %s"):format(it.lnum, it.col, it.text)
end, outline), {
  "1:3 [String] Clinics reopen",
  "5:19 [Class] Bo Dahl",
  "5:1 [String] “It is time,”",
})

-- Who is who: all mentions, the first one, and another name for all but what is quoted.
vim.cmd.edit(folder .. "/cast.md")
local cast = vim.api.nvim_get_current_buf()
wait("the client", function()
  return #vim.lsp.get_clients({ bufnr = cast, name = "copydesk" }) == 1
end)
vim.api.nvim_win_set_cursor(0, { 5, 43 })
local listed
vim.lsp.buf.references(nil, {
  on_list = function(list)
    listed = vim.tbl_map(function(it)
      return ("%d:%d-%d"):format(it.lnum, it.col, it.end_col)
    end, list.items)
  end,
})
wait("the mentions", function()
  return listed
end)
equal("the mentions", listed, { "3:12-19", "5:4-8", "5:42-46" })
vim.lsp.buf.definition()
wait("the first mention", function()
  return vim.deep_equal(vim.api.nvim_win_get_cursor(0), { 3, 11 })
end)
vim.lsp.buf.rename("Bea Moss")
local renamed = {
  "# Clinics reopen",
  "",
  "𝄞 Mayor Bea Moss spoke.",
  "",
  "“Dahl is late,” Ana Roe said of 𝄞 Moss’s 𝄞 speech.",
}
wait("the other name", function()
  return vim.deep_equal(vim.api.nvim_buf_get_lines(cast, 0, -1, true), renamed)
end)
wait("what was left alone", function()
  return vim.api.nvim_exec2("messages", { output = true }).output:find("line 5 (in quotation marks)", 1, true)
end)
vim.cmd("silent undo")
vim.cmd.buffer(draft)

-- The sources, in the quickfix list.
vim.cmd.CopydeskSources()
wait("the sources", function()
  return #vim.fn.getqflist() > 0
end)
equal("the sources", vim.tbl_map(function(it)
  return ("%d:%d %s"):format(it.lnum, it.col, it.text)
end, vim.fn.getqflist()), { "5:19 Bo Dahl, 1 quote", "5:1   “It is time,”" })
equal("the tally", vim.fn.getqflist({ title = 1 }).title, "Sources: 1 named, 0 unnamed, 1 quote")
vim.cmd.cclose()
local lens = ask("textDocument/codeLens", {})[1]
equal("the figures", lens.command.title, "1 source named, 0 unnamed · 1 quote · 14 words")
vim.fn.setqflist({})
vim.lsp.commands[lens.command.command](lens.command, { bufnr = draft })
wait("the sources by way of the figures", function()
  return #vim.fn.getqflist() == 2
end)
vim.cmd.cclose()
vim.cmd.buffer(draft)

-- What :checkhealth says, and the help.
local function check_health(what, expected)
  vim.cmd("checkhealth copydesk")
  local told = table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, true), "\n")
  vim.cmd.bwipeout()
  for _, words in ipairs(expected) do
    if not told:find(words, 1, true) then
      fail(("checkhealth of %s does not say “%s”:\n%s"):format(what, words, told))
    end
  end
end
check_health("what is there", {
  program .. ": copydesk 0.",
  ("%s/draft.md is read by the server of %s"):format(folder, folder),
  folder .. "/copydesk.toml",
})
vim.lsp.config("copydesk", { cmd = { "copydusk", "server" } })
check_health("a program that is not there", { "ERROR There is no program “copydusk”", "Put copydesk into your path" })
vim.lsp.config("copydesk", { cmd = { "false", "server" } })
check_health("a program that fails", { "false is no Copydesk that runs" })
vim.lsp.config("copydesk", { cmd = { program, "server" } })
vim.lsp.enable("copydesk", false)
check_health("what is not enabled", { "WARNING Copydesk is not enabled" })
wait("the server to end", function()
  return #vim.lsp.get_clients({ name = "copydesk" }) == 0
end)
vim.lsp.enable("copydesk")
vim.cmd.buffer(draft)
check_health("a draft that no server reads", { "ERROR " .. folder .. "/draft.md is not read", ":CopydeskRestart" })
vim.cmd.buffer(draft)
vim.cmd.CopydeskRestart()
shows("the draft after a new start", draft, { "2:9-15 usage/term", "2:25-33 usage/term" })
client = vim.lsp.get_clients({ bufnr = draft, name = "copydesk" })[1]

vim.cmd.helptags(plugin .. "/doc")
vim.cmd.help(":CopydeskSources")
equal("the help", vim.fn.expand("%:t"), "copydesk.txt")
for link in table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, true), "\n"):gmatch("|([^|%s]+)|") do
  if not vim.list_contains(vim.fn.getcompletion(link, "help"), link) then
    fail("the help leads nowhere with |" .. link .. "|")
  end
end
vim.cmd.helpclose()
os.remove(plugin .. "/doc/tags")
vim.cmd.buffer(draft)

-- One quick fix, then all that is left.
vim.api.nvim_win_set_cursor(0, { 3, 9 })
vim.lsp.buf.code_action({
  apply = true,
  filter = function(action)
    return action.kind == "quickfix" and action.isPreferred
  end,
})
shows("the draft after a quick fix", draft, { "2:24-32 usage/term" })
vim.cmd.CopydeskFixAll()
shows("the draft after all fixes", draft, {})
vim.cmd.write({ mods = { silent = true } })
equal(
  "the file",
  read("draft.md"),
  "# Clinics reopen\n\nThe 𝄞 email from the website came late.\n\n“It is time,” Bo Dahl said.\n"
)

-- Saved, if asked for, with all safe fixes.
vim.g.copydesk_fix_on_save = true
vim.api.nvim_buf_set_text(draft, 2, 0, 2, 0, { "The web site and " })
vim.cmd.write({ mods = { silent = true } })
equal("the file, fixed as it was saved", read("draft.md"):match("\n\n(.-)\n"),
  "The website and The 𝄞 email from the website came late.")
vim.g.copydesk_fix_on_save = nil
vim.api.nvim_buf_set_text(draft, 2, 0, 2, #"The website and ", {})
vim.cmd.write({ mods = { silent = true } })

-- A mistake in the configuration is shown in it; saved, it counts.
vim.cmd.edit(folder .. "/copydesk.toml")
local house = vim.api.nvim_get_current_buf()
shows("the configuration", house, {})
vim.api.nvim_buf_set_lines(house, 0, -1, true, { 'style = "guardiann"', "[terms]", '"late" = "overdue"' })
shows("the configuration with a mistake", house, { "0:8-19 config/mistake" })
vim.api.nvim_buf_set_lines(house, 0, 1, true, { 'style = "guardian"' })
shows("the configuration, mended", house, {})
vim.cmd.write({ mods = { silent = true } })
shows("the draft under the new configuration", draft, { "2:37-41 usage/term" })

-- A term of the house's: an edit of its configuration, where that is open; else it is written.
vim.cmd.buffer(draft)
vim.cmd("CopydeskAddTerm Bo\\ Dahl Bo\\ Dahlberg")
wait("the edit of the configuration", function()
  return vim.deep_equal(vim.api.nvim_buf_get_lines(house, 2, -1, true), { '"late" = "overdue"', '"Bo Dahl" = "Bo Dahlberg"' })
end)
vim.api.nvim_buf_call(house, function()
  vim.cmd.write({ mods = { silent = true } })
end)
shows("the draft with a term more", draft, { "2:37-41 usage/term", "4:18-25 usage/term" })
vim.cmd.bwipeout(house)
local answers = { "reopen", "open anew" }
vim.ui.input = function(_, next)
  next(table.remove(answers, 1))
end
vim.cmd.CopydeskAddTerm()
shows("the draft with another", draft, { "0:10-16 usage/term", "2:37-41 usage/term", "4:18-25 usage/term" })
equal("the configuration", read("copydesk.toml"):match("reopen.-\n"), 'reopen = "open anew"\n')

-- What is reported is silenced here, or stands in the whole draft.
vim.api.nvim_win_set_cursor(0, { 3, 38 })
vim.cmd.CopydeskIgnore()
shows("the draft with a comment", draft, { "0:10-16 usage/term", "2:37-88 config/suppression-reason", "4:18-25 usage/term" })
vim.cmd("silent undo")
vim.cmd.CopydeskBaseline()
shows("the draft with a baseline", draft, {})
equal("what stands", select(2, read("copydesk-baseline.toml"):gsub('rule = "usage/term"', "")), 3)
vim.cmd.CopydeskBaseline({ bang = true })
wait("the baseline of the folder", function()
  return read("copydesk-baseline.toml"):find('draft = "cast.md"', 1, true)
end)

-- Other TOML is none of our business.
vim.cmd.edit(folder .. "/pyproject.toml")
vim.wait(300)
equal("clients of another TOML file", #vim.lsp.get_clients({ bufnr = 0, name = "copydesk" }), 0)

client:stop()
wait("the server to end", function()
  return #vim.lsp.get_clients({ name = "copydesk" }) == 0
end)
print("neovim " .. tostring(vim.version()) .. ": ok\n")
os.exit(0)
