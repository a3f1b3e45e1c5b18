/** What the kernel says when the wire or the supply is bad. Linux drivers/usb/core/hub.c. */
export const kernelError =
	/\berror -\d+|over-?current|under-?voltage|brown-?out|not accepting address|device descriptor read|unable to enumerate|disabled by hub|\burb (?:failed|status)/i;
