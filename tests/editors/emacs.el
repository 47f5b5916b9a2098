;;; emacs -Q --batch -l emacs.el FOLDER   (PROGRAM is the server)
;;; Opens a draft in FOLDER with the settings that editors/README.md gives for Eglot, and does what a reporter would.

(require 'package)
;; Where Debian has Eglot for an Emacs that comes without it.
(dolist (folder (file-expand-wildcards "/usr/share/emacs/site-lisp/elpa/*"))
  (add-to-list 'load-path folder))
(require 'eglot)
(require 'flymake)

(defun fail (&rest said)
  (message "emacs: %s" (apply #'format said))
  (kill-emacs 1))

(defun wait (what condition)
  (let ((end (+ (float-time) 20)))
    (while (not (funcall condition))
      (when (> (float-time) end)
        (fail "waited in vain for %s: %S" what (mapcar #'flymake-diagnostic-text (flymake-diagnostics))))
      (accept-process-output nil 0.05))))

(defun equals (what got expected)
  (unless (equal got expected)
    (fail "%s: got %S, expected %S" what got expected)))

;; Nobody is there to be asked, and no timer runs while nobody types.
(setq eglot-sync-connect t eglot-confirm-server-initiated-edits nil eglot-autoshutdown t
      flymake-no-changes-timeout 0.05 eglot-send-changes-idle-time 0.05)

;; What editors/README.md says, with the program in the path.
(setenv "PATH" (concat (file-name-directory (getenv "PROGRAM")) path-separator (getenv "PATH")))
(push (file-name-directory (getenv "PROGRAM")) exec-path)
(with-temp-buffer
  (insert-file-contents "editors/README.md")
  (re-search-forward "^```elisp\n")
  (let ((start (point)))
    (re-search-forward "^```$")
    (eval-region start (match-beginning 0))))

(let* ((folder (car command-line-args-left))
       (file (expand-file-name "draft.txt" folder))
       (page (expand-file-name "page.html" folder))
       (config (expand-file-name "copydesk.toml" folder)))
  (setq command-line-args-left nil)
  (write-region "[terms]\n\"e-mail\" = \"email\"\n" nil config nil 'quiet)
  (let ((coding-system-for-write 'utf-8))
    (write-region "The 𝄞 e-mail came late.\n\n“It is time,” Bo Dahl said.\n" nil file nil 'quiet))
  (find-file file)
  (apply #'eglot (eglot--guess-contact))
  (wait "the server" #'eglot-current-server)
  (flymake-mode 1)
  (flymake-start)

  ;; What is wrong is shown where it is.
  (wait "diagnostics" #'flymake-diagnostics)
  (let ((found (car (flymake-diagnostics))))
    (equals "the words" (buffer-substring-no-properties (flymake-diagnostic-beg found) (flymake-diagnostic-end found))
            "e-mail")
    (goto-char (flymake-diagnostic-beg found))
    ;; In batch mode nobody picks from a menu: the first entry it is.
    (cl-letf (((symbol-function 'completing-read) (lambda (_prompt choices &rest _) (caar choices)))
              ((symbol-function 'tmm-prompt) (lambda (menu &rest _) (cddar (cdr menu)))))
      (eglot-code-actions (flymake-diagnostic-beg found) (flymake-diagnostic-end found) "quickfix" t)))
  (wait "the fix" (lambda () (string-match-p "The 𝄞 email came" (buffer-string))))
  (eglot--signal-textDocument/didChange)
  (wait "nothing to be left" (lambda () (flymake-start) (null (flymake-diagnostics))))

  ;; The sources, in imenu.
  (let ((index (format "%S" (eglot-imenu))))
    (unless (string-match-p "Bo Dahl" index)
      (fail "no sources in %s" index)))

  (save-buffer)
  (equals "the file" (with-temp-buffer (insert-file-contents file) (buffer-string))
          "The 𝄞 email came late.\n\n“It is time,” Bo Dahl said.\n")
  (eglot-shutdown (eglot-current-server))

  ;; HTML is read, too.
  (write-region "<p>The e-mail came <b>late</b>.</p>\n" nil page nil 'quiet)
  (find-file page)
  (apply #'eglot (eglot--guess-contact))
  (wait "the server of the page" #'eglot-current-server)
  (flymake-mode 1)
  (flymake-start)
  (wait "diagnostics of the page" #'flymake-diagnostics)
  (equals "the words of the page" (flymake-diagnostic-beg (car (flymake-diagnostics))) 8)
  (eglot-shutdown (eglot-current-server))
  (message "emacs %s: ok" emacs-version)
  (kill-emacs 0))
