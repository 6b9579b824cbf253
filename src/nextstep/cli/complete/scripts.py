"""What a shell is told once, so that its tab key asks this program.

The scripts know nothing of commands: they hand over the words and offer what comes back. So they
need no change when the program gets one. Nothing that comes back is evaluated.
"""

from __future__ import annotations

_BASH = """\
# Completion of nextstep for bash.
_nextstep() {
    local line path
    COMPREPLY=()
    while IFS= read -r line; do
        case $line in
            :files | :folders)
                compopt -o filenames 2>/dev/null
                while IFS= read -r path; do
                    COMPREPLY+=("$path")
                done < <(
                    if [[ $line == :files ]]; then
                        compgen -f -- "${COMP_WORDS[COMP_CWORD]}"
                    else
                        compgen -d -- "${COMP_WORDS[COMP_CWORD]}"
                    fi
                )
                ;;
            *) COMPREPLY+=("$line") ;;
        esac
    done < <(command nextstep --complete bash "${COMP_LINE:0:COMP_POINT}" 2>/dev/null)
    compopt -o nosort 2>/dev/null
    return 0
}
_git_nextstep() { _nextstep; }
complete -F _nextstep nextstep git-nextstep
"""

_ZSH = """\
#compdef nextstep git-nextstep
# Completion of nextstep for zsh.
_nextstep() {
    local -a lines offers
    local line word
    lines=("${(@f)$(command nextstep --complete zsh nextstep "${(@Q)words[2,CURRENT]}" 2>/dev/null)}")
    case $lines[1] in
        :files) _files; return ;;
        :folders) _files -/; return ;;
    esac
    for line in "${lines[@]}"; do
        word=${line%%$'\\t'*}
        [[ -n $word ]] && offers+=("${word//:/\\\\:}:${line#*$'\\t'}")
    done
    (( $#offers )) && _describe -V nextstep offers
}
_git-nextstep() { _nextstep }
if [[ $funcstack[1] == _nextstep ]]; then
    _nextstep
else
    compdef _nextstep nextstep git-nextstep
fi
"""

_FISH = """\
# Completion of nextstep for fish.
function __nextstep_complete
    set -l lines (command nextstep --complete fish (commandline -opc) (commandline -ct) 2>/dev/null)
    switch "$lines[1]"
        case ':files'
            __fish_complete_path (commandline -ct)
        case ':folders'
            __fish_complete_directories (commandline -ct)
        case '*'
            printf '%s\\n' $lines
    end
end
complete -c nextstep -f -k -a '(__nextstep_complete)'
complete -c git-nextstep -f -k -a '(__nextstep_complete)'
"""

SCRIPTS = {"bash": _BASH, "zsh": _ZSH, "fish": _FISH}
"""The script of each shell by its name."""
