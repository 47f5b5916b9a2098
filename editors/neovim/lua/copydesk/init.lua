-- What the commands do.

local M = {}

-- How long saving a draft may wait for its fixes, and a new server for the end of the old one, in milliseconds.
local PATIENCE = 2000

--- The client of a buffer, or nothing, with a word on why.
---@param buffer integer
---@return vim.lsp.Client?
local function client_of(buffer)
  local client = vim.lsp.get_clients({ bufnr = buffer, name = "copydesk" })[1]
  if client == nil then
    vim.notify("Copydesk does not read this buffer: :checkhealth copydesk says why.", vim.log.levels.WARN)
  end
  return client
end

--- Makes all fixes that are safe to make unseen, before it returns: what is written to the file then has them.
---@param buffer integer? the current one if nil
function M.fix_all(buffer)
  buffer = buffer or vim.api.nvim_get_current_buf()
  local client = client_of(buffer)
  if client == nil then
    return
  end
  local function ask(method, params)
    local answer, failed = client:request_sync(method, params, PATIENCE, buffer)
    failed = failed or answer.err and answer.err.message
    if failed then
      vim.notify("Copydesk made no fixes: " .. failed, vim.log.levels.WARN)
    end
    return answer and answer.result or {}
  end
  local start = { line = 0, character = 0 }
  local action = ask("textDocument/codeAction", {
    textDocument = vim.lsp.util.make_text_document_params(buffer),
    range = { start = start, ["end"] = start },
    context = { only = { "source.fixAll.copydesk" }, diagnostics = {} },
  })[1]
  local edit = action and (action.edit or ask("codeAction/resolve", action).edit)
  if edit then
    vim.lsp.util.apply_workspace_edit(edit, client.offset_encoding)
  end
end

--- Ends the servers, and starts them anew for all drafts that are open.
function M.restart()
  local function clients()
    return vim.lsp.get_clients({ name = "copydesk" })
  end
  local function stop(by_force)
    for _, client in ipairs(clients()) do
      client:stop(by_force)
    end
    return vim.wait(PATIENCE, function()
      return #clients() == 0
    end, 10)
  end
  if not stop(false) then
    stop(true)
  end
  vim.lsp.enable("copydesk")
  vim.cmd.doautoall("nvim.lsp.enable FileType")
end

--- Has the server carry out one of its commands. How it went, it tells by itself.
---@param client vim.lsp.Client
---@param buffer integer
---@param command string
---@param argument table?
local function run(client, buffer, command, argument)
  local params = { command = command, arguments = { argument } }
  client:request("workspace/executeCommand", params, function(failed)
    if failed then
      vim.notify(failed.message, vim.log.levels.ERROR)
    end
  end, buffer)
end

--- Silences what is reported under the cursor: with a comment, in plain text in the baseline.
---@param buffer integer? the current one if nil
function M.ignore(buffer)
  buffer = buffer or vim.api.nvim_get_current_buf()
  local client = client_of(buffer)
  if client then
    local here = vim.lsp.util.make_range_params(0, client.offset_encoding)
    run(client, buffer, "copydesk.ignore", here)
  end
end

--- Adds a term to the house's. Asks for what it is not told.
---@param buffer integer? the current one if nil
---@param given { fargs: string[] }? what the house does not write, and what it does
function M.add_term(buffer, given)
  buffer = buffer or vim.api.nvim_get_current_buf()
  local client = client_of(buffer)
  if client == nil then
    return
  end
  local words = given and given.fargs or {}
  if #words > 2 then
    return vim.notify('Two wordings make a term. Write a blank in one as "\\ ".', vim.log.levels.WARN)
  end
  local function ask(prompt, word, default, next)
    if word then
      return next(word)
    end
    vim.ui.input({ prompt = prompt, default = default }, function(input)
      if input and vim.trim(input) ~= "" then
        next(input)
      end
    end)
  end
  ask("What the house does not write: ", words[1], vim.fn.expand("<cword>"), function(wrong)
    ask("What it writes: ", words[2], wrong, function(right)
      local document = vim.lsp.util.make_text_document_params(buffer)
      run(client, buffer, "copydesk.addTerm", { textDocument = document, wrong = wrong, right = right })
    end)
  end)
end

--- Lets stand what is found in a draft, or in all drafts of the folder.
---@param buffer integer? the current one if nil
---@param given { bang: boolean }? whether all drafts are meant
function M.write_baseline(buffer, given)
  buffer = buffer or vim.api.nvim_get_current_buf()
  local client = client_of(buffer)
  if client then
    local draft = { textDocument = vim.lsp.util.make_text_document_params(buffer) }
    run(client, buffer, "copydesk.writeBaseline", not (given and given.bang) and draft or nil)
  end
end

local function quotes(count)
  return ("%d quote%s"):format(count, count == 1 and "" or "s")
end

--- "Ada Quill (Mayor), 2 quotes"
local function headed(source)
  local notes = {}
  if source.detail and source.detail ~= vim.NIL then
    table.insert(notes, source.detail)
  end
  if not source.named then
    table.insert(notes, "not named")
  end
  local name = #notes > 0 and ("%s (%s)"):format(source.name, table.concat(notes, ", ")) or source.name
  if source.quotes == 0 then
    return name
  end
  return ("%s, %s"):format(name, quotes(source.quotes))
end

--- Puts the sources of a draft into the quickfix list, each with what it says, and last what is on nobody's word.
---@param buffer integer? the current one if nil
function M.sources(buffer)
  buffer = buffer or vim.api.nvim_get_current_buf()
  local client = client_of(buffer)
  if client == nil then
    return
  end
  local document = vim.lsp.util.make_text_document_params(buffer)
  client:request("copydesk/sources", { textDocument = document }, function(failed, answer)
    if failed or not answer then
      vim.notify(failed and failed.message or "This is no draft: it has no sources.", vim.log.levels.WARN)
      return
    end
    local items = {}
    local function add(range, text)
      local location = { uri = document.uri, range = range }
      local item = vim.lsp.util.locations_to_items({ location }, client.offset_encoding)[1]
      item.text = text
      table.insert(items, item)
    end
    for _, source in ipairs(answer.sources) do
      add(source.range, headed(source))
      for _, passage in ipairs(source.words) do
        add(passage.range, "  " .. passage.text)
      end
    end
    for _, passage in ipairs(answer.unattributed) do
      add(passage.range, "On nobody’s word: " .. passage.text)
    end
    local tally = answer.tally
    local title = ("Sources: %d named, %d unnamed, %s"):format(tally.named, tally.unnamed, quotes(tally.quotes))
    vim.fn.setqflist({}, " ", { title = title, items = items })
    vim.cmd("botright copen")
  end, buffer)
end

return M
