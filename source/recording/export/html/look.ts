/** What the page looks like, and the one thing that it does. Nothing is loaded from anywhere. */

export const style = `
:root { color-scheme: light dark; --line: #8886; --in: #2a7de1; --out: #c2560c; --lit: #ffd54a; }
body { font: 16px/1.45 system-ui, sans-serif; margin: 0 auto; max-width: 70rem; padding: 1rem; display: flex; flex-direction: column; overflow-wrap: anywhere; }
/* What it means is known at the end and wanted first. */
main { order: 1; min-width: 0; }
h1 { font-size: 1.4rem; } h2 { font-size: 1.1rem; margin-top: 2rem; }
pre { overflow-x: auto; font: 14px/1.5 ui-monospace, monospace; }
i { font-style: normal; cursor: pointer; }
.frame, .event, .run { border-left: 4px solid var(--line); padding-left: .6rem; margin: .3rem 0; }
/* What is out of sight is not laid out. */
main > * { content-visibility: auto; contain-intrinsic-size: auto 1.5rem; }
.frame.in { border-color: var(--in); } .frame.out { border-color: var(--out); }
.time { font: 14px ui-monospace, monospace; opacity: .7; } .way, .about, .made { opacity: .75; }
.mark { font-weight: 600; } .problem { color: #d11; } .finding { border: 1px solid var(--line); padding: 0 .8rem; margin: .6rem 0; }
table { border-collapse: collapse; display: block; overflow-x: auto; font-size: 14px; }
td, th { text-align: left; vertical-align: top; padding: .2rem .6rem .2rem 0; border-top: 1px solid var(--line); }
.value { font-family: ui-monospace, monospace; } .lit { background: var(--lit); color: #000; }
summary { cursor: pointer; } :focus-visible { outline: 2px solid var(--in); }
@media (max-width: 40rem) {
	pre { font-size: 10px; }
	/* A row of a field, then how it is made and what it is, each on a line of its own. */
	table, tbody { display: block; }
	tr { display: grid; grid-template-columns: 3rem auto 1fr; border-top: 1px solid var(--line); padding: .2rem 0; }
	td, th { border-top: 0; padding: 0 .6rem 0 0; }
	.made, .means { grid-column: 2 / -1; }
	.made:empty, .means:empty { display: none; }
}
@media print { main > * { content-visibility: visible; } details::details-content { content-visibility: visible; display: block; } body { max-width: none; } }
`;

/** A click on a byte or a field lights both. */
export const script = `
const light = (target) => {
	const frame = target.closest('.frame'), one = target.closest('[data-f]');
	for (const lit of document.querySelectorAll('.lit')) lit.classList.remove('lit');
	if (!frame || !one) return;
	for (const part of frame.querySelectorAll('[data-f="' + one.dataset.f + '"]')) part.classList.add('lit');
};
document.addEventListener('click', ({ target }) => light(target));
document.addEventListener('keydown', ({ key, target }) => { if (key === 'Enter') light(target); });
addEventListener('beforeprint', () => { for (const part of document.querySelectorAll('details')) part.open = true; });
`;
