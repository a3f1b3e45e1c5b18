/** Writes modemscope.lua, the Wireshark dissector, out of the message tables. */
import { writeFileSync } from 'node:fs';
import { dissector } from './source/protocol/dissector/dissector.ts';

writeFileSync(new URL('modemscope.lua', import.meta.url), dissector());
