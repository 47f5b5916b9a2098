" vim -Nu NONE -S vim.vim DRAFT   (PROGRAM is the server, REPORT the file that tells what happened)
" Opens a draft with the settings that editors/README.md gives for ALE, and mends what is wrong in it.

set nocompatible
set encoding=utf-8
filetype on
packadd ale

let s:told = []
func s:Tell(message)
  call add(s:told, a:message)
  call writefile(s:told, $REPORT)
endfunc

func s:Wait(what, Condition)
  let rounds = 0
  while !a:Condition()
    let rounds += 1
    if rounds > 1000
      call s:Tell('vim: waited in vain for ' . a:what)
      cquit!
    endif
    sleep 20m
  endwhile
endfunc

func s:Found()
  return get(get(g:ale_buffer_info, bufnr(''), {}), 'loclist', [])
endfunc

" As in editors/README.md.
let g:ale_linters = {'text': ['copydesk']}
call ale#linter#Define('text', {
\ 'name': 'copydesk',
\ 'lsp': 'stdio',
\ 'executable': $PROGRAM,
\ 'command': '%e server',
\ 'language': 'plaintext',
\ 'project_root': {buffer -> fnamemodify(bufname(buffer), ':p:h')},
\ })

let g:ale_linters_explicit = 1
let g:ale_lint_delay = 0
try
  set filetype=text
  ALELint
  call s:Wait('diagnostics', {-> len(s:Found()) > 0})
  let s:found = s:Found()[0]
  if [s:found.lnum, s:found.col, s:found.code] != [1, 5, 'usage/term']
    call s:Tell('vim: not expected: ' . string(s:found))
    cquit!
  endif
  call cursor(1, 8)
  " Answers the menu that opens when the fixes are there.
  call feedkeys("1\<CR>", 't')
  ALECodeAction
  call s:Wait('the fix', {-> getline(1) ==# 'The email came late.'})
  write
  call s:Tell('vim ' . v:version . ': ok')
  qall!
catch
  call s:Tell('vim: ' . v:exception . ' at ' . v:throwpoint)
  cquit!
endtry
