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

" What editors/README.md says, with the program in the path.
let $PATH = fnamemodify($PROGRAM, ':h') . ':' . $PATH
let s:readme = readfile('editors/README.md')
let s:begin = index(s:readme, '```vim') + 1
call writefile(s:readme[s:begin : index(s:readme, '```', s:begin) - 1], $REPORT . '.vim')
execute 'source' $REPORT . '.vim'

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
  execute 'edit' expand('%:h') . '/page.html'
  set filetype=html
  ALELint
  call s:Wait('diagnostics of a page', {-> len(s:Found()) > 0})
  if [s:Found()[0].lnum, s:Found()[0].col] != [1, 8]
    call s:Tell('vim: not expected: ' . string(s:Found()))
    cquit!
  endif
  call s:Tell('vim ' . v:version . ': ok')
  qall!
catch
  call s:Tell('vim: ' . v:exception . ' at ' . v:throwpoint)
  cquit!
endtry
