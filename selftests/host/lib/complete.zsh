# SPDX-License-Identifier: GPL-2.0
# complete.zsh FOLDER LINE - in: a folder of completions, a line; out: what an interactive zsh offers at its end
#
# Completion works on a terminal alone: another zsh has one and reads this file, too, and prints what is about to be
# added in place of adding it.  Each step waits for the word that ends the one before.

# What is offered goes to the terminal; calls that only ask what would match are let through.
compadd() {
	local -a hits
	if [[ " ${(j: :)@[1,(i)(-|--)]} " = *' '-[OAD]' '* ]]; then
		builtin compadd "$@"
		return
	fi
	builtin compadd -A hits "$@"
	[[ $#hits = 0 ]] || print -rl -- "offer $IPREFIX"$^hits
	builtin compadd "$@"
}

offers() {
	print -r -- begin
	_main_complete
	print -r -- end
	compstate[list]= compstate[insert]=
}

if [[ -n $THERE ]]; then
	PS1= RPS1= PS2=
	fpath=($1 $fpath)
	autoload -Uz compinit
	compinit -D -u
	zle -C offers complete-word offers
	bindkey '^I' offers
	print -r -- ready
	return
fi

zmodload zsh/zpty
zpty there THERE=1 TERM=dumb zsh -f -i
zpty -w there ". ${(q)0:A} ${(q)1}"
zpty -r there said $'*ready\r\n*' || exit
zpty -w -n there $2$'\t'
zpty -r there said $'*begin*end\r\n*' || exit
zpty -d there
print -rl -- ${${(M)${(f)said//$'\r'}:#offer *}#offer }
