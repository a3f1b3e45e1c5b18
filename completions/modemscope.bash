# bash completion of modemscope. Made from the table of commands by `npm run build:docs`.
_modemscope() {
	local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]}
	local command=console files= words= flags= own=
	# bash takes --to=html for three words.
	if [[ $cur == = ]]; then
		cur=
	elif [[ $prev == = ]]; then
		prev=${COMP_WORDS[COMP_CWORD-2]}
	fi
	case " console watch guard at raw inspect flash leave replay decode import export compare case doctor simulate learn push files " in
	*" ${COMP_WORDS[1]} "*) ((COMP_CWORD > 1)) && command=${COMP_WORDS[1]} ;;
	esac
	case "$command $prev" in
	'console --demo') [[ $cur == -* ]] && own=1; words='boot-loop stuck loader healthy low-power error-detection loader-qdl nameless spoiled emergency emergency-nand exact-loop slow-commit no-driver usbcomp-1 usbcomp-2 qmi-only mbim-only no-boot-hold dpr-grounded impatient-loader resets-again keeps-preference shows-loader nand-refuses' ;;
	'console --speed') words='' ;;
	'console --replay') files=-f ;;
	'console --follow') words='-' ;;
	'console --device') words='' ;;
	'console --view') words='usb at firmware flash recordings' ;;
	'console --fps') words='' ;;
	'console --for') words='' ;;
	'console --rehearsal') files=-d ;;
	'watch --device') words='' ;;
	'watch --for') words='' ;;
	'watch --ssh') words='' ;;
	'watch --rehearsal') files=-d ;;
	'guard --policy') files=-f ;;
	'guard --textfile') files=-f ;;
	'guard --for') words='' ;;
	'guard --rehearsal') files=-d ;;
	'at --device') words='' ;;
	'at --port') files=-f ;;
	'at --script') files=-f ;;
	'at --for') words='' ;;
	'at --yes') words='' ;;
	'at --entercnd') words='' ;;
	'at --output' | 'at -o') files=-f ;;
	'at --ssh') words='' ;;
	'at --rehearsal') files=-d ;;
	'raw --log') files=-f ;;
	'raw --for') words='' ;;
	'raw --output' | 'raw -o') files=-f ;;
	'raw --rehearsal') files=-d ;;
	'inspect --model') words='' ;;
	'inspect --version') words='' ;;
	'inspect --carrier') words='' ;;
	'inspect --device') words='' ;;
	'inspect --rehearsal') files=-d ;;
	'flash --device') words='' ;;
	'flash --port') files=-f ;;
	'flash --yes-flash') words='' ;;
	'flash --protocol') words='auto sahara firehose qdl' ;;
	'flash --over') words='auto tty usb' ;;
	'flash --programmer') files=-f ;;
	'flash --override') words='product version protocol modemmanager disk' ;;
	'flash --settle') words='' ;;
	'flash --rehearsal') files=-d ;;
	'leave --device') words='' ;;
	'leave --port') files=-f ;;
	'leave --rehearsal') files=-d ;;
	'decode --from') words='host modem' ;;
	'import --output' | 'import -o') files=-f ;;
	'export --to') words='text pcapng asciicast html' ;;
	'export --output' | 'export -o') files=-f ;;
	'export --speed') words='' ;;
	'export --idle') words='' ;;
	'export --size') words='' ;;
	'export --view') words='usb at flash' ;;
	'case --output' | 'case -o') files=-f ;;
	'case --unpack') files=-d ;;
	'case --device') words='' ;;
	'case --rehearsal') files=-d ;;
	'doctor --device') words='' ;;
	'doctor --rehearsal') files=-d ;;
	'simulate --socket') files=-d ;;
	'simulate --usbip-port') words='' ;;
	'simulate --firmware') files=-d ;;
	'simulate --speed') words='' ;;
	'simulate --seed') words='' ;;
	'learn --name') words='' ;;
	'learn --socket') files=-d ;;
	'learn --for') words='' ;;
	'push --to') files=-d ;;
	*) own=1 ;;
	esac
	if [[ $own ]]; then
		case $command in
		console) flags='--demo --speed --replay --follow --paste --device --view --ascii --fps --plain --json --for --rehearsal --help --version'; words='' ;;
		watch) flags='--device --until-loop --for --list --ssh --json --rehearsal --help'; words='' ;;
		guard) flags='--policy --textfile --for --rehearsal --help'; words='' ;;
		at) flags='--device --port --catch --script --for --yes --entercnd --snapshot --diff --output -o --ssh --json --rehearsal --help'; words='' ;;
		raw) flags='--hex --timestamps --log --for --yes --output -o --rehearsal --help'; words='' ;;
		inspect) flags='--model --version --carrier --device --json --rehearsal --help'; files=-f ;;
		flash) flags='--device --port --dry-run --rehearse --yes-flash --protocol --over --programmer --catch --override --settle --continue --status --follow --json --rehearsal --help'; files=-f ;;
		leave) flags='--device --port --yes --json --rehearsal --help'; words='' ;;
		replay) flags='--summary --json --help'; files=-f ;;
		decode) flags='--from --plain --json --help'; files=-f ;;
		import) flags='--output -o --help'; files=-f ;;
		export) flags='--to --output -o --speed --idle --size --view --unmasked --help'; files=-f ;;
		compare) flags='--json --help'; files=-f ;;
		case) flags='--output -o --snapshot --unpack --unmasked --device --rehearsal --json --help'; files=-f ;;
		doctor) flags='--device --json --rehearsal --help'; words='' ;;
		simulate) flags='--socket --usbip --usbip-port --firmware --speed --seed --lease --json --help'; words='boot-loop stuck loader healthy low-power error-detection loader-qdl nameless spoiled emergency emergency-nand exact-loop slow-commit no-driver usbcomp-1 usbcomp-2 qmi-only mbim-only no-boot-hold dpr-grounded impatient-loader resets-again keeps-preference shows-loader nand-refuses' ;;
		learn) flags='--name --teacher --socket --for --ascii --json --help'; files=-f ;;
		push) flags='--to --copy-only --help'; words='' ;;
		files) flags='--help'; files=-d ;;
		esac
		((COMP_CWORD == 1)) && words='console watch guard at raw inspect flash leave replay decode import export compare case doctor simulate learn push files'
		[[ $cur == -* ]] && words=$flags files=
	fi
	if [[ $files ]]; then
		compopt -o filenames
		mapfile -t COMPREPLY < <(compgen "$files" -- "$cur")
	else
		mapfile -t COMPREPLY < <(compgen -W "$words" -- "$cur")
	fi
}
complete -F _modemscope modemscope
