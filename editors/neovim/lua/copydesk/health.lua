-- :checkhealth copydesk

local M = {}

function M.check()
  local health = vim.health
  health.start("Copydesk")
  if vim.fn.has("nvim-0.11") == 1 then
    health.ok("Neovim " .. tostring(vim.version()))
  else
    health.error("Neovim is older than 0.11", { "Copydesk needs vim.lsp.config and vim.lsp.enable: update Neovim." })
    return
  end

  local command = (vim.lsp.config.copydesk or {}).cmd
  local program = type(command) == "table" and command[1] or "copydesk"
  if vim.fn.executable(program) == 1 then
    local told = vim.system({ program, "--version" }, { text = true }):wait()
    if told.code == 0 then
      health.ok(("%s: %s"):format(vim.fn.exepath(program), vim.trim(told.stdout)))
    else
      health.error(("%s can't be run: %s"):format(program, vim.trim(told.stderr)), { "Build or install it again." })
    end
  else
    health.error(("There is no program “%s”"):format(program), {
      "Put copydesk into your path, or name it:",
      'vim.lsp.config("copydesk", { cmd = { "/path/to/copydesk", "server" } })',
    })
  end

  if vim.lsp.is_enabled and not vim.lsp.is_enabled("copydesk") then
    health.warn("Copydesk is not enabled", { 'Call vim.lsp.enable("copydesk").' })
  end

  local clients = vim.lsp.get_clients({ name = "copydesk" })
  if #clients == 0 then
    health.info("No draft is open: text and Markdown buffers are read")
  end
  for _, client in ipairs(clients) do
    local root = client.root_dir or vim.fn.getcwd()
    health.ok(("Reads %d buffers in %s"):format(vim.tbl_count(client.attached_buffers), root))
    local house = vim.fs.find("copydesk.toml", { path = root, upward = true })[1]
    if house then
      health.ok("The house's style: " .. house)
    else
      health.info("No copydesk.toml above " .. root .. ": AP style (`copydesk init` makes one)")
    end
  end
end

return M
