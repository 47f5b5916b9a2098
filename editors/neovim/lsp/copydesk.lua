-- How Neovim starts Copydesk, for vim.lsp.config and vim.lsp.enable (Neovim 0.11 and later).
-- Whatever is set with vim.lsp.config("copydesk", { … }) is laid over this.

local house = "copydesk.toml"

---@type vim.lsp.Config
return {
  cmd = { "copydesk", "server" },
  -- TOML for the house's configuration, whose mistakes are shown in it.
  filetypes = { "text", "markdown", "html", "toml" },
  root_dir = function(buffer, start)
    local name = vim.fs.basename(vim.api.nvim_buf_get_name(buffer))
    if vim.bo[buffer].filetype == "toml" and name ~= house then
      return
    end
    start(vim.fs.root(buffer, { house, ".git" }))
  end,
  get_language_id = function(_, filetype)
    return filetype == "text" and "plaintext" or filetype
  end,
  handlers = {
    -- What was found in a text that has changed meanwhile would be shown at the wrong words: the next set is on its way.
    ["textDocument/publishDiagnostics"] = function(failed, found, context)
      local buffer = found and vim.fn.bufnr(vim.uri_to_fname(found.uri))
      if buffer and found.version and found.version ~= vim.lsp.util.buf_versions[buffer] then
        return
      end
      vim.lsp.diagnostic.on_publish_diagnostics(failed, found, context)
    end,
  },
  -- Neovim would hold edits back for as long as somebody types; the server keeps up with it.
  flags = { debounce_text_changes = 0 },
  -- The figures above a draft lead to its sources.
  capabilities = { experimental = { copydesk = { showSources = true } } },
  -- As in copydesk.toml, which wins where both speak: style, date, levels. And what is the editor's own:
  -- semanticTokens, inlayHints, typingDelay, wholeFolder.
  settings = { copydesk = vim.empty_dict() },
  -- Whether drafts that are not open are checked is to be known when the server starts.
  before_init = function(params, config)
    params.initializationOptions = { wholeFolder = vim.tbl_get(config, "settings", "copydesk", "wholeFolder") or false }
  end,
}
