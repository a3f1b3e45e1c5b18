const prompts = [
	/^\S+@\S*?(?: \S{1,40})? ?[#$%❯] ?(.*)$/,
	/^\[[^\s@]{1,80}@[^\]]{1,80}\] ?[#$%] ?(.*)$/,
	/^(?:(?:ba|z|da)?sh-[\d.]+|~|\/\S*) ?[#$%] ?(.*)$/,
	/^[#$] (.*)$/,
	// A command alone, without its prompt.
	/^((?:sudo )?(?:dmesg|lsusb|usb-devices|journalctl|logread|mmcli|qmicli|minicom|picocom)(?: +[-|<>./\w'"=:*+]{1,80}){0,12})$/,
	/^(?:PS )?[A-Za-z]:\\[^>]{0,120}> ?(.*)$/,
];

/** The command of a shell prompt at the start of a pasted line: `root@gateway:~# lsusb`. */
export function promptCommand(line: string): string | undefined {
	if (line.length > 1000) return undefined;
	for (const prompt of prompts) {
		const found = prompt.exec(line)?.[1];
		if (found !== undefined) return found.trim();
	}
	return undefined;
}
