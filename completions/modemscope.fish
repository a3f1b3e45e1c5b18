# fish completion of modemscope. Made from the table of commands by `npm run build:docs`.
function __modemscope_runs
	set -l words (commandline -opc)
	set -l command console
	contains -- "$words[2]" console watch guard at raw inspect flash leave replay decode import export compare case doctor simulate learn push files; and set command $words[2]
	test $command = $argv[1]
end
function __modemscope_follows
	test (commandline -opc)[-1] = $argv[1]
end
complete -c modemscope -f
complete -c modemscope -n 'test (count (commandline -opc)) = 1' -a console -d 'the full-screen console (what "modemscope" alone does)'
complete -c modemscope -n 'test (count (commandline -opc)) = 1' -a watch -d 'prints a line when a modem comes, changes or goes on USB; names a boot loop'
complete -c modemscope -n 'test (count (commandline -opc)) = 1' -a guard -d 'watches a gateway’s modems without a person, and acts as far as a policy allows'
complete -c modemscope -n 'test (count (commandline -opc)) = 1' -a at -d 'sends AT commands and prints the answers'
complete -c modemscope -n 'test (count (commandline -opc)) = 1' -a raw -d 'a plain terminal on any port; it goes on when the modem resets'
complete -c modemscope -n 'test (count (commandline -opc)) = 1' -a inspect -d 'opens firmware files, checks every CRC, and says whether they fit a modem'
complete -c modemscope -n 'test (count (commandline -opc)) = 1' -a flash -d 'writes firmware into a modem, and goes on when the connection drops'
complete -c modemscope -n 'test (count (commandline -opc)) = 1' -a leave -d 'leaves a held boot loader without a flash: the modem starts its application'
complete -c modemscope -n 'test (count (commandline -opc)) = 1' -a replay -d 'prints a recording, or a log of another tool, and what it means'
complete -c modemscope -n 'test (count (commandline -opc)) = 1' -a decode -d 'explains bytes: which message they are, field by field'
complete -c modemscope -n 'test (count (commandline -opc)) = 1' -a import -d 'makes a recording of a log, or of text from several tools'
complete -c modemscope -n 'test (count (commandline -opc)) = 1' -a export -d 'writes a recording for Wireshark, as a page, as a screencast, or as text for a ticket'
complete -c modemscope -n 'test (count (commandline -opc)) = 1' -a compare -d 'compares two recordings step by step, up to the first difference'
complete -c modemscope -n 'test (count (commandline -opc)) = 1' -a case -d 'packs a recording with doctor, kernel log and versions, masked, to send'
complete -c modemscope -n 'test (count (commandline -opc)) = 1' -a doctor -d 'shows what prevents access to the modem, and the command that mends it'
complete -c modemscope -n 'test (count (commandline -opc)) = 1' -a simulate -d 'runs a simulated modem, in a folder or as a real USB device, to practise on'
complete -c modemscope -n 'test (count (commandline -opc)) = 1' -a learn -d 'teaches the rescue in eight lessons on simulated modems'
complete -c modemscope -n 'test (count (commandline -opc)) = 1' -a push -d 'copies the single-file modemscope to a gateway over ssh, and starts it there'
complete -c modemscope -n 'test (count (commandline -opc)) = 1' -a files -d 'writes the man page, completions, udev rules and systemd unit below DIR'
complete -c modemscope -n '__modemscope_runs console' -l demo -d 'practise on a simulated modem; simulate --help lists the scenarios'
complete -c modemscope -n '__modemscope_runs console; and __modemscope_follows --demo' -x -a 'boot-loop stuck loader healthy low-power error-detection loader-qdl nameless spoiled emergency emergency-nand exact-loop slow-commit no-driver usbcomp-1 usbcomp-2 qmi-only mbim-only no-boot-hold dpr-grounded impatient-loader resets-again keeps-preference shows-loader nand-refuses'
complete -c modemscope -n '__modemscope_runs console' -l speed -d 'run the simulation this many times faster' -x
complete -c modemscope -n '__modemscope_runs console' -l replay -d 'open a recording, or a log of another tool' -r -F
complete -c modemscope -n '__modemscope_runs console' -l follow -d 'draw events from a pipe: ssh gw modemscope watch --json | modemscope --follow -' -x -a '-'
complete -c modemscope -n '__modemscope_runs console' -l paste -d 'paste a log into the terminal, end it with Ctrl-D; or pipe it in'
complete -c modemscope -n '__modemscope_runs console' -l device -d 'the USB port path of the modem; else the first one seen' -x
complete -c modemscope -n '__modemscope_runs console' -l view -d 'start in usb, at, firmware, flash or recordings' -x -a 'usb at firmware flash recordings'
complete -c modemscope -n '__modemscope_runs console' -l ascii -d 'draw with ASCII only'
complete -c modemscope -n '__modemscope_runs console' -l fps -d 'frames a second at most' -x
complete -c modemscope -n '__modemscope_runs console' -l plain -d 'print lines instead of drawing a screen, as when there is no terminal'
complete -c modemscope -n '__modemscope_runs console' -l json -d 'one JSON object a line'
complete -c modemscope -n '__modemscope_runs console' -l for -d 'with --plain: end after this time' -x
complete -c modemscope -n '__modemscope_runs console' -l rehearsal -d 'use the simulated modem that runs in this folder' -x -a '(__fish_complete_directories)'
complete -c modemscope -n '__modemscope_runs console' -l help -d 'describe the command'
complete -c modemscope -n '__modemscope_runs console' -l version -d 'show the version'
complete -c modemscope -n '__modemscope_runs watch' -l device -d 'the USB port path of the modem; else the first one seen' -x
complete -c modemscope -n '__modemscope_runs watch' -l until-loop -d 'end with exit code 9 when a boot loop is seen'
complete -c modemscope -n '__modemscope_runs watch' -l for -d 'end after this time' -x
complete -c modemscope -n '__modemscope_runs watch' -l list -d 'show the modems that are there now, with their interfaces, and end'
complete -c modemscope -n '__modemscope_runs watch' -l ssh -d 'the modem is on that machine, which needs nothing but a shell' -x
complete -c modemscope -n '__modemscope_runs watch' -l json -d 'one JSON object a line'
complete -c modemscope -n '__modemscope_runs watch' -l rehearsal -d 'use the simulated modem that runs in this folder' -x -a '(__fish_complete_directories)'
complete -c modemscope -n '__modemscope_runs watch' -l help -d 'describe the command'
complete -c modemscope -n '__modemscope_runs guard' -l policy -d 'what it may do (docs/guard.md); without one it only watches' -r -F
complete -c modemscope -n '__modemscope_runs guard' -l textfile -d 'write metrics there, for node_exporter’s textfile collector' -r -F
complete -c modemscope -n '__modemscope_runs guard' -l for -d 'end after this time' -x
complete -c modemscope -n '__modemscope_runs guard' -l rehearsal -d 'use the simulated modem that runs in this folder' -x -a '(__fish_complete_directories)'
complete -c modemscope -n '__modemscope_runs guard' -l help -d 'describe the command'
complete -c modemscope -n '__modemscope_runs at' -l device -d 'the USB port path of the modem; else the first one seen' -x
complete -c modemscope -n '__modemscope_runs at' -l port -d 'send to this port' -r -F
complete -c modemscope -n '__modemscope_runs at' -l catch -d 'wait for the AT port to appear and send within its window'
complete -c modemscope -n '__modemscope_runs at' -l script -d 'send the lines of this script (docs/at-commands.md)' -r -F
complete -c modemscope -n '__modemscope_runs at' -l for -d 'give up waiting after this time' -x
complete -c modemscope -n '__modemscope_runs at' -l yes -d 'allow the command of this name, which can change the modem; may be repeated' -x
complete -c modemscope -n '__modemscope_runs at' -l entercnd -d 'the password (AT!ENTERCND) that protected commands need' -x
complete -c modemscope -n '__modemscope_runs at' -l snapshot -d 'read everything that shows the state of the modem'
complete -c modemscope -n '__modemscope_runs at' -l diff -d 'send nothing: compare the answers in two recordings, A and B'
complete -c modemscope -n '__modemscope_runs at' -s o -l output -d 'write a recording of commands and answers' -r -F
complete -c modemscope -n '__modemscope_runs at' -l ssh -d 'the modem is on that machine, which needs nothing but a shell' -x
complete -c modemscope -n '__modemscope_runs at' -l json -d 'one JSON object a line'
complete -c modemscope -n '__modemscope_runs at' -l rehearsal -d 'use the simulated modem that runs in this folder' -x -a '(__fish_complete_directories)'
complete -c modemscope -n '__modemscope_runs at' -l help -d 'describe the command'
complete -c modemscope -n '__modemscope_runs raw' -l hex -d 'show hex beside text; Ctrl-T h turns it on and off'
complete -c modemscope -n '__modemscope_runs raw' -l timestamps -d 'show the time of each line; Ctrl-T t turns it on and off'
complete -c modemscope -n '__modemscope_runs raw' -l log -d 'write what is shown to a new file; Ctrl-T f does the same' -r -F
complete -c modemscope -n '__modemscope_runs raw' -l for -d 'end after this time' -x
complete -c modemscope -n '__modemscope_runs raw' -l yes -d 'open it without asking'
complete -c modemscope -n '__modemscope_runs raw' -s o -l output -d 'where the recording goes' -r -F
complete -c modemscope -n '__modemscope_runs raw' -l rehearsal -d 'use the simulated modem that runs in this folder' -x -a '(__fish_complete_directories)'
complete -c modemscope -n '__modemscope_runs raw' -l help -d 'describe the command'
complete -c modemscope -n '__modemscope_runs inspect' -l model -d 'check whether the files are for this modem' -x
complete -c modemscope -n '__modemscope_runs inspect' -l version -d 'the version that the modem runs: warns of a downgrade, or of a step between' -x
complete -c modemscope -n '__modemscope_runs inspect' -l carrier -d 'the carrier that the modem has: warns of a change' -x
complete -c modemscope -n '__modemscope_runs inspect' -l device -d 'check whether the files are for the modem at this USB port path' -x
complete -c modemscope -n '__modemscope_runs inspect' -l json -d 'one JSON object a line'
complete -c modemscope -n '__modemscope_runs inspect' -l rehearsal -d 'use the simulated modem that runs in this folder' -x -a '(__fish_complete_directories)'
complete -c modemscope -n '__modemscope_runs inspect' -l help -d 'describe the command'
complete -c modemscope -n '__modemscope_runs inspect' -F
complete -c modemscope -n '__modemscope_runs flash' -l device -d 'the USB port path of the modem; else the first one seen' -x
complete -c modemscope -n '__modemscope_runs flash' -l port -d 'the modem that has this port, in place of --device' -r -F
complete -c modemscope -n '__modemscope_runs flash' -l dry-run -d 'show the plan and stop'
complete -c modemscope -n '__modemscope_runs flash' -l rehearse -d 'flash a simulated modem made from this one, and stop'
complete -c modemscope -n '__modemscope_runs flash' -l yes-flash -d 'start without asking, when the plan is for this model' -x
complete -c modemscope -n '__modemscope_runs flash' -l protocol -d 'the protocol of the loader: auto, sahara, firehose, qdl' -x -a 'auto sahara firehose qdl'
complete -c modemscope -n '__modemscope_runs flash' -l over -d 'the way to the loader: tty (its serial port), usb (without the driver) or auto' -x -a 'auto tty usb'
complete -c modemscope -n '__modemscope_runs flash' -l programmer -d 'the maker’s programmer: writes a rawprogram XML to a chip in EDL (05c6:9008)' -r -F
complete -c modemscope -n '__modemscope_runs flash' -l catch -d 'wait for the modem to appear, as in a boot loop'
complete -c modemscope -n '__modemscope_runs flash' -l override -d 'go on although this check of the plan refuses; may be repeated' -x -a 'product version protocol modemmanager disk'
complete -c modemscope -n '__modemscope_runs flash' -l settle -d 'after the write, the modem must run this long without a reset' -x
complete -c modemscope -n '__modemscope_runs flash' -l continue -d 'go on with the flash that was left unfinished'
complete -c modemscope -n '__modemscope_runs flash' -l status -d 'list the flashes that run, and those left unfinished'
complete -c modemscope -n '__modemscope_runs flash' -l follow -d 'follow the flash that runs'
complete -c modemscope -n '__modemscope_runs flash' -l json -d 'one JSON object a line'
complete -c modemscope -n '__modemscope_runs flash' -l rehearsal -d 'use the simulated modem that runs in this folder' -x -a '(__fish_complete_directories)'
complete -c modemscope -n '__modemscope_runs flash' -l help -d 'describe the command'
complete -c modemscope -n '__modemscope_runs flash' -F
complete -c modemscope -n '__modemscope_runs leave' -l device -d 'the USB port path of the modem; else the first one seen' -x
complete -c modemscope -n '__modemscope_runs leave' -l port -d 'the modem that has this port, in place of --device' -r -F
complete -c modemscope -n '__modemscope_runs leave' -l yes -d 'leave without asking for the model’s name'
complete -c modemscope -n '__modemscope_runs leave' -l json -d 'one JSON object a line'
complete -c modemscope -n '__modemscope_runs leave' -l rehearsal -d 'use the simulated modem that runs in this folder' -x -a '(__fish_complete_directories)'
complete -c modemscope -n '__modemscope_runs leave' -l help -d 'describe the command'
complete -c modemscope -n '__modemscope_runs replay' -l summary -d 'what it means and what to do, without the events'
complete -c modemscope -n '__modemscope_runs replay' -l json -d 'one JSON object a line'
complete -c modemscope -n '__modemscope_runs replay' -l help -d 'describe the command'
complete -c modemscope -n '__modemscope_runs replay' -F
complete -c modemscope -n '__modemscope_runs decode' -l from -d 'who sent the bytes, host or modem; else modemscope guesses' -x -a 'host modem'
complete -c modemscope -n '__modemscope_runs decode' -l plain -d 'no colour; NO_COLOR and a pipe do the same'
complete -c modemscope -n '__modemscope_runs decode' -l json -d 'one JSON object a line'
complete -c modemscope -n '__modemscope_runs decode' -l help -d 'describe the command'
complete -c modemscope -n '__modemscope_runs decode' -F
complete -c modemscope -n '__modemscope_runs import' -s o -l output -d 'where the recording goes' -r -F
complete -c modemscope -n '__modemscope_runs import' -l help -d 'describe the command'
complete -c modemscope -n '__modemscope_runs import' -F
complete -c modemscope -n '__modemscope_runs export' -l to -d 'the format: pcapng, asciicast, html or text' -x -a 'text pcapng asciicast html'
complete -c modemscope -n '__modemscope_runs export' -s o -l output -d 'where it goes, - for stdout; an existing file is not overwritten' -r -F
complete -c modemscope -n '__modemscope_runs export' -l speed -d 'asciicast: play this many times faster' -x
complete -c modemscope -n '__modemscope_runs export' -l idle -d 'asciicast: the longest pause that is kept' -x
complete -c modemscope -n '__modemscope_runs export' -l size -d 'asciicast: columns and rows of the terminal' -x
complete -c modemscope -n '__modemscope_runs export' -l view -d 'asciicast: the view that is shown: usb, at or flash' -x -a 'usb at flash'
complete -c modemscope -n '__modemscope_runs export' -l unmasked -d 'keep IMEI, SIM and serial numbers, host and user names as they are'
complete -c modemscope -n '__modemscope_runs export' -l help -d 'describe the command'
complete -c modemscope -n '__modemscope_runs export' -F
complete -c modemscope -n '__modemscope_runs compare' -l json -d 'one JSON object'
complete -c modemscope -n '__modemscope_runs compare' -l help -d 'describe the command'
complete -c modemscope -n '__modemscope_runs compare' -F
complete -c modemscope -n '__modemscope_runs case' -s o -l output -d 'where the case goes; an existing file is not overwritten' -r -F
complete -c modemscope -n '__modemscope_runs case' -l snapshot -d 'read the state of the modem over AT now, and pack it too'
complete -c modemscope -n '__modemscope_runs case' -l unpack -d 'write the files of a case into a new folder, as for a test' -x -a '(__fish_complete_directories)'
complete -c modemscope -n '__modemscope_runs case' -l unmasked -d 'keep IMEI, SIM and serial numbers, host and user names as they are'
complete -c modemscope -n '__modemscope_runs case' -l device -d 'the USB port path of the modem; else the first one seen' -x
complete -c modemscope -n '__modemscope_runs case' -l rehearsal -d 'use the simulated modem that runs in this folder' -x -a '(__fish_complete_directories)'
complete -c modemscope -n '__modemscope_runs case' -l json -d 'the list of the case as JSON'
complete -c modemscope -n '__modemscope_runs case' -l help -d 'describe the command'
complete -c modemscope -n '__modemscope_runs case' -F
complete -c modemscope -n '__modemscope_runs doctor' -l device -d 'the USB port path of the modem; else the first one seen' -x
complete -c modemscope -n '__modemscope_runs doctor' -l json -d 'one JSON object a line'
complete -c modemscope -n '__modemscope_runs doctor' -l rehearsal -d 'use the simulated modem that runs in this folder' -x -a '(__fish_complete_directories)'
complete -c modemscope -n '__modemscope_runs doctor' -l help -d 'describe the command'
complete -c modemscope -n '__modemscope_runs simulate' -l socket -d 'run it in this folder, with its sysfs, its ports and firmware to flash' -x -a '(__fish_complete_directories)'
complete -c modemscope -n '__modemscope_runs simulate' -l usbip -d 'plug it into this machine (root; after "modprobe vhci-hcd")'
complete -c modemscope -n '__modemscope_runs simulate' -l usbip-port -d 'offer it to "usbip attach" at this TCP port of 127.0.0.1' -x
complete -c modemscope -n '__modemscope_runs simulate' -l firmware -d 'write firmware for it into this folder, to flash with any tool' -x -a '(__fish_complete_directories)'
complete -c modemscope -n '__modemscope_runs simulate' -l speed -d 'run this many times faster' -x
complete -c modemscope -n '__modemscope_runs simulate' -l seed -d 'the number behind its random times: the same seed gives the same times' -x
complete -c modemscope -n '__modemscope_runs simulate' -l lease -d 'end by itself when no modemscope has used it for half a minute'
complete -c modemscope -n '__modemscope_runs simulate' -l json -d 'one JSON object a line'
complete -c modemscope -n '__modemscope_runs simulate' -l help -d 'describe the command'
complete -c modemscope -n '__modemscope_runs simulate' -a 'boot-loop stuck loader healthy low-power error-detection loader-qdl nameless spoiled emergency emergency-nand exact-loop slow-commit no-driver usbcomp-1 usbcomp-2 qmi-only mbim-only no-boot-hold dpr-grounded impatient-loader resets-again keeps-preference shows-loader nand-refuses'
complete -c modemscope -n '__modemscope_runs learn' -l name -d 'who learns; each name has its own values and its own progress' -x
complete -c modemscope -n '__modemscope_runs learn' -l teacher -d 'print a table of all learners, from their progress files or a folder of them'
complete -c modemscope -n '__modemscope_runs learn' -l socket -d 'capstone: run the modem in this folder' -x -a '(__fish_complete_directories)'
complete -c modemscope -n '__modemscope_runs learn' -l for -d 'capstone: how long to wait for each run of your program' -x
complete -c modemscope -n '__modemscope_runs learn' -l ascii -d 'draw with ASCII only'
complete -c modemscope -n '__modemscope_runs learn' -l json -d 'the table and the verdict as JSON, one object a line'
complete -c modemscope -n '__modemscope_runs learn' -l help -d 'describe the command'
complete -c modemscope -n '__modemscope_runs learn' -F
complete -c modemscope -n '__modemscope_runs push' -l to -d 'a folder on the gateway; else the first one with room' -x -a '(__fish_complete_directories)'
complete -c modemscope -n '__modemscope_runs push' -l copy-only -d 'copy it, and do not start it'
complete -c modemscope -n '__modemscope_runs push' -l help -d 'describe the command'
complete -c modemscope -n '__modemscope_runs files' -l help -d 'describe the command'
complete -c modemscope -n '__modemscope_runs files' -a '(__fish_complete_directories)'
