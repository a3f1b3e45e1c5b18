import { on, type Rule } from '../evidence/rule.ts';

export const onlineWait = (): Rule => {
	let downloaded = false;
	return on(['note'], ({ event }) => {
		if (event.text.includes('litefw_DownloadFW succeeded')) downloaded = true;
		if (!downloaded || !/Waiting for modem to come up in ONLINE mode/.test(event.text)) {
			return undefined;
		}
		downloaded = false;
		return {
			title: 'The download succeeded; litefw waits for a device that will not come',
			means:
				'It waits for /dev/qcqmi0 of the GobiNet driver, which does not exist where qmi_wwan drives the modem. The firmware is in the modem.',
			next: [
				'End litefw with Ctrl-C, and power-cycle the modem.',
				'See that several interfaces are there (lsusb, or the USB view) and that mmcli shows the new revision.',
				'Next time: fwdwl -c QMI -p /dev/cdc-wdm0.',
			],
			certainty: 'proven',
			reference: 'RC7620 field case; danielewood/sierra-wireless-modems',
		};
	});
};
