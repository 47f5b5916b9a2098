-- :checkhealth copydesk: what Copydesk needs, and what to do about what is missing.

local M = {}
local health = vim.health

local function check_program(command)
  if type(command) ~= "table" then
    return health.info("The server is started by a function of yours")
  end
  local program = vim.fn.exepath(command[1])
  if program == "" then
    return health.error(("There is no program “%s”"):format(command[1]), {
      "Put copydesk into your path, or name it:",
      'vim.lsp.config("copydesk", { cmd = { "/path/to/copydesk", "server" } })',
    })
  end
  local started, run = pcall(vim.system, { program, "--version" }, { text = true, timeout = 5000 })
  local told = started and run:wait() or { code = -1, stderr = run }
  if told.code ~= 0 or not vim.startswith(told.stdout, "copydesk ") then
    return health.error(("%s is no Copydesk that runs: %s"):format(program, vim.trim(told.stderr)), {
      "Call it with --version in a terminal. Build or install it again.",
    })
  end
  health.ok(("%s: %s"):format(program, vim.trim(told.stdout)))
end

local function check_house(path)
  local house = vim.fs.find("copydesk.toml", { path = vim.fs.dirname(path), upward = true })[1]
  if house then
    health.ok("The house's style: " .. house)
  else
    health.info("No copydesk.toml beside the draft or above: AP style (`copydesk init` begins one)")
  end
end

local function check_draft(buffer)
  local path = vim.api.nvim_buf_get_name(buffer)
  local client = vim.lsp.get_clients({ bufnr = buffer, name = "copydesk" })[1]
  if client then
    health.ok(path .. " is read" .. (client.root_dir and " by the server of " .. client.root_dir or ""))
  else
    health.error(("%s is not read: no server runs for it"):format(path), {
      "Call :CopydeskRestart.",
      "The server's last words are in " .. vim.lsp.get_log_path(),
    })
  end
  if path ~= "" then
    check_house(path)
  end
end

function M.check()
  health.start("Copydesk")
  if vim.fn.has("nvim-0.11") == 0 then
    return health.error("Neovim is older than 0.11", {
      "Copydesk needs vim.lsp.config and vim.lsp.enable: update Neovim.",
    })
  end
  health.ok("Neovim " .. tostring(vim.version()))
  local config = vim.lsp.config.copydesk
  if not config then
    return health.error("Neovim finds no lsp/copydesk.lua", { "Add editors/neovim to 'runtimepath'." })
  end
  check_program(config.cmd)
  -- Neovim 0.11.0 can't tell.
  if vim.lsp.is_enabled and not vim.lsp.is_enabled("copydesk") then
    return health.warn("Copydesk is not enabled", { 'Call vim.lsp.enable("copydesk").' })
  end

  local drafts = vim.tbl_filter(function(buffer)
    local read = vim.list_contains({ "text", "markdown", "html" }, vim.bo[buffer].filetype)
    return read and vim.api.nvim_buf_is_loaded(buffer) and vim.bo[buffer].buftype == ""
  end, vim.api.nvim_list_bufs())
  if #drafts == 0 then
    health.info("No draft is open: text, Markdown and HTML buffers are read")
  end
  vim.iter(drafts):each(check_draft)
end

return M
