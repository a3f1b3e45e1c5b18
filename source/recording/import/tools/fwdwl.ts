/**
 * Sierra's own download tools: fwdwl and litefw of the Linux SDK, fw-download-tool of the MBPL, FDT of
 * Windows. Remarks, one a line, without bytes and mostly without times.
 */
import { remarksOf } from './noted.ts';

export const fwdwl = remarksOf(
	'fwdwl, litefw, fw-download-tool or FDT',
	[
		/^litefw[ _]|^lite-fw|^Modem Manager rules /,
		/^Application version ?: ?\d+\.\d+\.\d+/,
		/^(?:INFO|ERROR|WARNING): *(?:QDL Port|Device Path|FW +Path|QDL)\b/,
		/\beSDP_FWDWL_|\beLITE_FWDWL_/,
		/^FW (?:download (?:succeeded|failed)|update status)/i,
		/^Modem is (?:in )?QDL mode/i,
		/^(?:Waiting for modem|Modem (?:not coming|is now in ONLINE)|Modem disconnected from)/i,
		/^BOOT and HOLD Mode/i,
		/^(?:GetDeviceMode: ERROR|Modem not in correct state)/i,
		/^Switch(?:ing)? (?:device|Modem) (?:in)?to (?:download|QDL) mode/i,
		/^Device (?:not responsive in download mode|returned error)/i,
		/^Firmware Download Process (?:completed|failed)/i,
		/^(?:Primary|Secondary|Device) error code: /,
		/^Awaiting (?:adapter|download port|suspend)/,
		/^(?:FDT|Firmware Download Tool|OneClick)\b.*(?:version|v?\d+\.\d+)/i,
		/^(?:Final|Firmware|Image) (?:update|download) (?:result|status|failed)/i,
		/^Error(?: code)?: ?\d{1,3}\b.*(?:download|device|firmware|image)/i,
	],
	[
		/^(?:Target image|Package|FW) Info/i,
		/^(?:Carrier|FW Version|Model ID|Package ID|PRI Version|SKU|Part Number|file_type|Carrier Name|Carrier PRI Revision) *:/i,
		/^Modem Needs/i,
		/^(?:Downloading|Write|QDL port found|iFWImageType|eFW_TYPE\w*|\w+ image)\b/,
		/^(?:Tx|Rx)\(\d+\):/,
		/^(?:Setting images preference|Resetting|(?:En|Dis)abling selective suspend|Switching to|Downloading|Writing image|Waiting for adapter|Checking update status|Final Result)\b/,
		/^Firmware download (?:failed|succeeded|completed)/i,
		/^(?:Preexisting|Final) images information|^(?:Current|Firmware|Configuration|ImageId|BuildId|OEM PRI|IMEI|Unique ID|Original firmware info|New firmware info|Model|Version) ?:/,
		/^(?:Total time elapsed|Time to switch to boot)/,
		/^Exiting Application/,
		/^(?:Error|ERROR|Warning|INFO|DEBUG)\b/,
		/^Preparing|^Please |^No (?:download|device|modem)/i,
	],
);
