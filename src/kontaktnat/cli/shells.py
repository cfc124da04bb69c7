"""How each shell asks what a word may become, and how the answer is put: its script, its quoting.

click's own scripts know the protocol, not our words: they lose spaces, commas, and what stands before `@`
or `=`. Here a shell hands over its line as it stands, and what comes back fits where the word begins.
"""

from __future__ import annotations

import os
import re
from typing import Any, ClassVar

from attrs import define, field
from click.shell_completion import CompletionItem, ShellComplete, add_completion_class

from kontaktnat.text import begins, fold

PARTIAL = "part"
"""The type of an item after which one writes on: a shell puts no space there."""

_SPECIAL = re.compile(r"[^\w@%+=:,./-]")


@define(repr=False)
class Line:
    """A line up to the cursor, as a shell reads it."""

    words: list[str] = field(factory=list)
    """Those before the one that is being written, without their quotes."""
    word: str = ""
    """The one that is being written."""
    start: int = 0
    """Where in `word` the part begins that bash lets one replace."""
    quote: str = ""
    """The quotation mark that is still open."""


def read(line: str, breaks: str = "") -> Line:
    """Take a line apart; a mark of `breaks` that is not quoted ends what bash takes for a word."""
    found, began, escaped = Line(), False, False
    for char in line:
        if escaped:
            # Inside quotation marks a backslash escapes only these, and is itself otherwise.
            found.word += char if not found.quote or char in '"\\$`' else f"\\{char}"
            escaped = False
        elif char == "\\" and found.quote != "'":
            began = escaped = True
        elif found.quote:
            if char != found.quote:
                found.word += char
            else:
                found.quote = ""
                found.start = len(found.word)
        elif char in "\"'":
            began, found.quote, found.start = True, char, len(found.word)
        elif char.isspace():
            if began:
                found.words.append(found.word)
            began, found.word, found.start = False, "", 0
        else:
            began = True
            found.word += char
            if char in breaks:
                # An @ also begins the word after it: readline completes hosts so.
                found.start = len(found.word) - (char == "@")
    while found.words and re.match(r"\w+=", found.words[0]):
        del found.words[0]  # VARIABLE=value before the command
    return found


class Shell(ShellComplete):
    """What the shells have in common."""

    def line(self) -> Line:
        return read(os.environ.get("COMP_LINE", ""))

    def get_completion_args(self) -> tuple[list[str], str]:
        line = self.line()
        return line.words[1:], line.word

    def get_completions(self, args: list[str], incomplete: str) -> list[CompletionItem[Any]]:
        # Of `--option=value` click completes the value alone, but the shells replace the whole word.
        option = re.match(r"--[\w-]+=", incomplete)
        found = super().get_completions([*args, option[0][:-1]] if option else args,
                                        incomplete[option.end() :] if option else incomplete)  # fmt: skip
        return [
            CompletionItem((option[0] if option else "") + item.value, item.type, item.help)
            for item in found
            if item.type == "file" or item.value.isprintable()  # imported data may hold anything
        ]

    def format_completion(self, item: CompletionItem[Any]) -> str:
        # Which of its three parts a line has is told by tabs, and no part has one.
        return f"{item.type}\t{item.value}\t{' '.join((item.help or '').split())}"


@add_completion_class
class Bash(Shell):
    """bash puts into the line just what it is told, from the last of COMP_WORDBREAKS on."""

    name: ClassVar[str] = "bash"
    source_template: ClassVar[str] = """\
%(complete_func)s() {
    local kind value run=${1/#\\~\\//$HOME/}
    COMPREPLY=()
    while IFS=$'\\t' read -r kind value; do
        case $kind in
            file) compopt -o default ;;
            part) compopt -o nospace; COMPREPLY+=("$value") ;;
            plain) COMPREPLY+=("$value") ;;
        esac
    done < <(env COMP_LINE="${COMP_LINE:0:COMP_POINT}" COMP_BREAKS="$COMP_WORDBREAKS" \\
        %(complete_var)s=bash_complete "$run" 2>/dev/null)
}
complete -o nosort -F %(complete_func)s %(prog_name)s
"""

    def line(self) -> Line:
        return read(os.environ.get("COMP_LINE", ""), os.environ.get("COMP_BREAKS", ""))

    def complete(self) -> str:
        line = self.line()
        found = self.get_completions(line.words[1:], line.word)
        before = fold(line.word[: line.start])
        fits = [item for item in found if fold(item.value[: line.start]) == before or item.type == "file"]
        values = _lengthened(line.word[line.start :], [item.value[line.start :] for item in fits])
        return "\n".join(
            f"{item.type}\t{_quoted(value, line.quote)}" for item, value in zip(fits, values, strict=False)
        )


def _lengthened(typed: str, values: list[str]) -> list[str]:
    """What bash may offer: it puts what all have in common in the place of what was typed.

    Were that shorter, it would take letters away; so all begin as it was typed, or nothing is offered.
    """
    common = os.path.commonprefix(values)  # noqa: RUF071  letter by letter, as bash does
    if not common or len(common) >= len(typed):
        return values
    if all(fold(value[: len(typed)]) == fold(typed) for value in values):
        return [typed + value[len(typed) :] for value in values]
    return []


def _quoted(value: str, quote: str) -> str:
    if quote == "'":
        return value.replace("'", "'\\''")
    if quote:
        return re.sub(r'([\\"$`])', r"\\\1", value)
    return _SPECIAL.sub(lambda special: f"\\{special[0]}", value)


@add_completion_class
class Zsh(Shell):
    """zsh quotes by itself; -U: it does not compare once more, for it does not fold letters."""

    name: ClassVar[str] = "zsh"
    source_template: ClassVar[str] = """\
#compdef %(prog_name)s

%(complete_func)s() {
    local line
    local -a found part plain shown partial files
    found=("${(@f)$(env COMP_LINE="${(j: :)words[1,CURRENT-1]} $QIPREFIX$PREFIX" \\
        %(complete_var)s=zsh_complete ${~${(Q)words[1]}} 2>/dev/null)}")
    for line in $found; do
        part=("${(@ps:\\t:)line}")
        case $part[1] in
            file) files=(yes) ;;
            list) compstate[insert]=; compstate[list]='list force' ;;
            part) partial+=("$part[2]") ;;
            plain) plain+=("$part[2]"); shown+=("$part[2]${part[3]:+  -- $part[3]}") ;;
        esac
    done
    (( $#files )) && compset -P '--*=' ; (( $#files )) && _files
    (( $#partial )) && compadd -U -S '' -V partial -a partial
    (( $#plain )) && compadd -U -l -V plain -d shown -a plain
    (( $#files + $#partial + $#plain ))
}

if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
    %(complete_func)s "$@"
else
    compdef %(complete_func)s %(prog_name)s
fi
"""

    def get_completions(self, args: list[str], incomplete: str) -> list[CompletionItem[Any]]:
        found = super().get_completions(args, incomplete)
        common = os.path.commonprefix([item.value for item in found])  # noqa: RUF071
        if len(found) > 1 and not begins(common, incomplete):
            # What all have in common would take the place of what was typed, letters of which are lost.
            found.append(CompletionItem("", type="list"))
        return found


@add_completion_class
class Fish(Shell):
    """fish quotes by itself, and compares once more what it is given."""

    name: ClassVar[str] = "fish"
    source_template: ClassVar[str] = """\
function %(complete_func)s
    set -l line (commandline -cp | string collect)
    for found in (env COMP_LINE="$line" %(complete_var)s=fish_complete %(prog_name)s 2>/dev/null)
        set -l part (string split \\t -- $found)
        if test "$part[1]" = file
            set -l option (string match -r -- '^--[\\w-]+=' (commandline -ct))
            __fish_complete_path (string replace -r -- '^--[\\w-]+=' '' (commandline -ct)) |
                string replace -r -- '^' "$option"
        else
            string join \\t -- $part[2..3]
        end
    end
end

complete --no-files --keep-order --command %(prog_name)s --arguments "(%(complete_func)s)"
"""


@add_completion_class
class PowerShell(Shell):
    """PowerShell takes its own line apart, and puts into it just what it is told."""

    name: ClassVar[str] = "powershell"
    source_template: ClassVar[str] = """\
Register-ArgumentCompleter -Native -CommandName %(prog_name)s -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $text = [System.Management.Automation.Language.StringConstantExpressionAst]
    $words = @($commandAst.CommandElements |
        Where-Object { $_.Extent.EndOffset -lt $cursorPosition } |
        ForEach-Object { if ($_ -is $text) { $_.Value } else { $_.Extent.Text } })
    $before = $env:%(complete_var)s, $env:COMP_WORDS, $env:COMP_WORD, [Console]::OutputEncoding
    try {
        $env:%(complete_var)s = 'powershell_complete'
        $env:COMP_WORDS = $words -join "`n"
        $env:COMP_WORD = "$wordToComplete"
        [Console]::OutputEncoding = [System.Text.UTF8Encoding]::new()
        $found = & $commandAst.GetCommandName() 2>$null
    } finally {
        $env:%(complete_var)s, $env:COMP_WORDS, $env:COMP_WORD, [Console]::OutputEncoding = $before
    }
    foreach ($line in $found) {
        $kind, $value, $shown, $help = $line -split "`t"
        if ($kind -eq 'file') {
            [System.Management.Automation.CompletionCompleters]::CompleteFilename($value)
        } elseif ($value) {
            [System.Management.Automation.CompletionResult]::new($value, $shown, 'ParameterValue', $help)
        }
    }
}
"""

    def get_completion_args(self) -> tuple[list[str], str]:
        words = os.environ.get("COMP_WORDS", "").split("\n")
        return words[1:], re.sub("^[\"'‘’‚‛“”„]|[\"'‘’‚‛“”„]$", "", os.environ.get("COMP_WORD", ""))

    def format_completion(self, item: CompletionItem[Any]) -> str:
        if item.type == "file":
            return f"file\t{item.value}"
        value = item.value
        if re.search(r"[^\w@%+=:./-]|^@", value):
            # To PowerShell typographic marks are quotation marks too.
            value = "'" + re.sub("(['‘’‚‛])", r"\1\1", value) + "'"
        # A result without a tip is refused.
        return f"{item.type}\t{value}\t{item.value}\t{' '.join((item.help or '').split()) or item.value}"
