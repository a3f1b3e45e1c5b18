import type { Action } from './action.ts';

const brackets = () => '[ ]';

export const flashActions: readonly Action[] = [
	{
		risk: 'modem',
		where: 'flash',
		name: 'Start the planned flash',
		keys: ['s'],
		hint: 'start',
		words: ['update', 'download', 'write', 'upgrade'],
		when: ({ session }) =>
			session.plan !== undefined && !session.flash.running && session.kind !== 'replay',
		run: ({ views }) => views.flash.askStart(),
	},
	{
		risk: 'none',
		where: 'flash',
		name: 'Plan a flash of the open file',
		keys: ['p'],
		hint: 'plan',
		when: ({ session }) =>
			session.firmware !== undefined && !session.flash.running && session.kind !== 'replay',
		run: ({ session }) => session.makePlan(),
	},
	{
		risk: 'none',
		where: 'flash',
		name: 'Plan what is left of an unfinished flash',
		keys: ['c'],
		hint: 'go on',
		words: ['continue', 'resume', 'died', 'broken'],
		when: ({ session }) => session.unfinished !== undefined && !session.flash.running,
		run: ({ session }) => session.continueFlash(),
	},
	{
		risk: 'modem',
		where: 'flash',
		name: 'Stop the flash at its next safe point',
		keys: ['S'],
		words: ['cancel', 'abort'],
		when: ({ session }) => session.flash.running && session.kind !== 'replay',
		run: ({ views }) => views.flash.askStop(),
	},
	{
		risk: 'none',
		where: 'flash',
		name: 'Next field of the frame',
		keys: [']'],
		hint: 'field',
		label: brackets,
		run: ({ views }) => views.flash.field(1),
	},
	{
		risk: 'none',
		where: 'flash',
		name: 'Previous field of the frame',
		keys: ['['],
		run: ({ views }) => views.flash.field(-1),
	},
	{
		risk: 'none',
		where: 'flash',
		name: 'Hex or text of the frame',
		keys: ['x'],
		hint: 'hex/text',
		words: ['bytes'],
		run: ({ views }) => views.flash.toggleText(),
	},
	{
		risk: 'none',
		where: 'flash',
		name: 'Ladder diagram or list of the traffic',
		keys: ['v'],
		hint: 'ladder',
		words: ['sequence', 'arrows', 'host', 'conversation'],
		run: ({ views }) => views.flash.toggleLadder(),
	},
	{
		risk: 'none',
		where: 'flash',
		name: 'Bookmark this frame',
		keys: ['b'],
		words: ['mark', 'note'],
		when: ({ session, views }) => session.kind !== 'replay' && views.flash.hasFrames,
		run: ({ views }) => views.flash.bookmark(),
	},
];
