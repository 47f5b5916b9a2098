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

local function command(name, call, desc, options)
  options = vim.tbl_extend("error", { desc = desc }, options or {})
  vim.api.nvim_create_user_command(name, function(given)
    require("copydesk")[call](nil, given)
  end, options)
end

command("CopydeskFixAll", "fix_all", "Make all fixes of Copydesk that are safe to make unseen")
command("CopydeskSources", "sources", "List the sources of the draft, and what is on nobody's word")
command("CopydeskIgnore", "ignore", "Silence what is reported under the cursor")
command("CopydeskAddTerm", "add_term", "Add a term to the house's: what it does not write, and what it does", {
  nargs = "*",
})
command("CopydeskBaseline", "write_baseline", "Let stand what is found in the draft; with !, in the folder", {
  bang = true,
})
command("CopydeskRestart", "restart", "End Copydesk's server and start it anew")

vim.api.nvim_create_autocmd("BufWritePre", {
  group = vim.api.nvim_create_augroup("copydesk", {}),
  desc = "Make Copydesk's safe fixes before a draft is written, where that is asked for",
  callback = function(written)
    local read = vim.lsp.get_clients({ bufnr = written.buf, name = "copydesk" })[1]
    if vim.g.copydesk_fix_on_save and read then
      require("copydesk").fix_all(written.buf)
    end
  end,
})

-- The figures above a draft, shown by vim.lsp.codelens, lead to its sources.
vim.lsp.commands["copydesk.showSources"] = function(_, context)
  require("copydesk").sources(context.bufnr)
end
