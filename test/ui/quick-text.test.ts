import fc from 'fast-check';
import stringWidth from 'string-width';
import { it } from 'vitest';
import quickWidth from '../../source/ui/terminal/quick-width.ts';

const ours = [...'ab z09~±·×’←↑→↓⏎─│┌┐└┘░▒▓█▁▶◀✓✗', '\u001b[1;31m', '\u001b[0m'];
const row = fc.array(fc.constantFrom(...ours)).map((parts) => parts.join(''));

it('counts our own signs and colours as string-width does', () => {
	fc.assert(fc.property(row, (text) => quickWidth(text) === stringWidth(text)));
});
