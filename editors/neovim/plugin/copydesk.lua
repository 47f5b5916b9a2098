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

vim.api.nvim_create_user_command("CopydeskFixAll", function()
  vim.lsp.buf.code_action({
    apply = true,
    context = { only = { "source.fixAll.copydesk" }, diagnostics = {} },
  })
end, { desc = "Make all fixes of Copydesk that are safe to make unseen" })
