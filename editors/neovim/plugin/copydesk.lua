if vim.g.loaded_copydesk then
  return
end
vim.g.loaded_copydesk = true

if vim.fn.has("nvim-0.11") == 0 then
  vim.notify("Copydesk needs Neovim 0.11 or later.", vim.log.levels.WARN)
  return
end

if vim.g.copydesk_enable ~= false then
  vim.lsp.enable("copydesk")
end

local function command(name, call, desc)
  vim.api.nvim_create_user_command(name, function()
    require("copydesk")[call]()
  end, { desc = desc })
end

command("CopydeskFixAll", "fix_all", "Make all fixes of Copydesk that are safe to make unseen")
command("CopydeskSources", "sources", "List the sources of the draft, and what is on nobody's word")

-- The figures above a draft, shown by vim.lsp.codelens, lead to its sources.
vim.lsp.commands["copydesk.showSources"] = function(_, context)
  require("copydesk").sources(context.bufnr)
end
