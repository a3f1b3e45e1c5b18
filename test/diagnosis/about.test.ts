import { expect, test } from 'vitest';
import { aboutRules } from '../../source/diagnosis/about-rules.ts';
import { rules } from '../../source/diagnosis/rules/index.ts';

test('every rule is described, and nothing else is', () => {
	expect(Object.keys(aboutRules).sort()).toEqual(Object.keys(rules).sort());
});
