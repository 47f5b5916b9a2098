-- nvim --headless --clean -l typing.lua PLUGIN PROGRAM DRAFT SECONDS
-- Types into the middle of a long draft at 15 characters a second, and looks at each set of diagnostics as it comes: whether
-- it is for the text that is shown then. Tells how much of a core the server took.

local plugin, program, path, seconds = unpack(arg)
local RATE = 15
local TYPED = "So the council met again at noon, and talked of the pier until the lights went out. "

local function fail(message)
  io.stderr:write("neovim: " .. message .. "\n")
  os.exit(1)
end

local function wait(what, condition)
  if not vim.wait(20000, condition, 5) then
    fail("waited in vain for " .. what)
  end
end

--- Seconds of CPU that a process has taken.
local function cpu(pid)
  local file = assert(io.open(("/proc/%d/stat"):format(pid)))
  local fields = vim.split(file:read("a"):match("%) (.*)"), " ")
  file:close()
  return (fields[12] + fields[13]) / 100
end

vim.opt.runtimepath:append(plugin)
vim.lsp.config("copydesk", { cmd = { program, "server" } })
vim.cmd("filetype on")
vim.cmd.runtime("plugin/copydesk.lua")
vim.cmd.edit(path)
local buffer = vim.api.nvim_get_current_buf()
local function found()
  return vim.tbl_filter(function(it)
    return it.code == "usage/compound"
  end, vim.diagnostic.get(buffer))
end
wait("diagnostics", function()
  return #found() > 0
end)
local client = vim.lsp.get_clients({ bufnr = buffer, name = "copydesk" })[1]

-- In each of these lines the word that is wrong stands behind the cursor: a set for another text is seen at once.
local sets, stale = 0, 0
vim.api.nvim_create_autocmd("DiagnosticChanged", {
  buffer = buffer,
  callback = function()
    sets = sets + 1
    for _, it in ipairs(found()) do
      local words = vim.api.nvim_buf_get_text(buffer, it.lnum, it.col, it.end_lnum, it.end_col, {})
      if words[1] ~= "e-mail" then
        stale = stale + 1
        return
      end
    end
  end,
})

local line = math.floor(vim.api.nvim_buf_line_count(buffer) / 4) * 2
while not vim.api.nvim_buf_get_lines(buffer, line, line + 1, true)[1]:find("e-mail", 1, true) do
  line = line + 1
end
local before = vim.api.nvim_buf_get_lines(buffer, line, line + 1, true)[1]
local pid = tonumber(vim.fn.trim(vim.fn.system({ "pgrep", "-n", "-P", tostring(vim.uv.os_getpid()), vim.fs.basename(program) })))
local used, started = cpu(pid), vim.uv.hrtime()
local count = seconds * RATE
for at = 0, count - 1 do
  local letter = TYPED:sub(at % #TYPED + 1, at % #TYPED + 1)
  vim.api.nvim_buf_set_text(buffer, line, at, line, at, { letter })
  local due = started + (at + 1) * 1e9 / RATE
  vim.wait(math.max(0, math.floor((due - vim.uv.hrtime()) / 1e6)), function()
    return false
  end, 1)
end
local took = (vim.uv.hrtime() - started) / 1e9
used = cpu(pid) - used

local typed = TYPED:rep(math.ceil(count / #TYPED)):sub(1, count)
if vim.api.nvim_buf_get_lines(buffer, line, line + 1, true)[1] ~= typed .. before then
  fail("what was typed is not there")
end
-- At the end, what is shown is what a fresh check finds.
vim.cmd.write({ mods = { silent = true } })
local checked = vim.system({ program, "check", "--format", "json", path }, { text = true }):wait()
local expected = vim.tbl_map(function(it)
  return ("%d %s"):format(it.start.line, it.rule)
end, vim.json.decode(checked.stdout).files[1].diagnostics)
local shown
if not vim.wait(5000, function()
  shown = vim.tbl_map(function(it)
    return ("%d %s"):format(it.lnum + 1, it.code)
  end, vim.diagnostic.get(buffer))
  table.sort(shown)
  table.sort(expected)
  return vim.deep_equal(shown, expected)
end, 20) then
  fail(("%d diagnostics at the end, and a fresh check finds %d"):format(#shown, #expected))
end
client:stop()
print(("neovim: typed %d characters in %.1f s into %d bytes: %d sets of diagnostics, %d not for the text shown; "
  .. "the server took %.1f%% of a core\n"):format(count, took, vim.fn.getfsize(path), sets, stale, 100 * used / took))
os.exit((stale == 0 and sets > 0) and 0 or 1)
